package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds Spark properties of a user that are valid by themselves, but with which applications would not start or finish on the planned cluster. Only
 * properties that the user set are refused.
 */
final class SparkConfConflicts {

    private final ClusterSpec spec;
    private final ManagerRules rules;
    private final UserProperties users;

    SparkConfConflicts(ClusterSpec spec, ManagerRules rules, UserProperties users) {
        this.spec = spec;
        this.rules = rules;
        this.users = users;
    }

    List<Problem> find() {
        deployMode();
        cores();
        memory();
        executors();
        places();
        javaOptions();
        eventLog();
        heartbeats();
        rules.conflicts(spec, users);
        return users.problems();
    }

    private void deployMode() {
        String name = "spark.submit.deployMode";
        users.user(name)
                .filter(mode -> !mode.equals("client"))
                .ifPresent(mode -> users.refuse(
                        name,
                        "it would hold for every session, but the driver of a notebook runs on the edge node, which Spark calls deploy mode client",
                        "Remove it"
                                + (rules.startsDrivers() ? "; give single jobs --deploy-mode cluster instead" : "")));
    }

    private void cores() {
        var largest = largest(spec);
        int workerCores = largest.cores();
        users.whole("spark.executor.cores").ifPresent(cores -> {
            if (cores < 1 || cores > workerCores) {
                users.refuse(
                        "spark.executor.cores",
                        "an executor runs on one worker, and "
                                + (spec.workers().groups().size() > 1 ? "the largest" : "each") + " has "
                                + cores(workerCores) + " (" + largest.field() + ".cores)",
                        cores < 1
                                ? "Raise it to 1"
                                : "Lower it to " + workerCores + ", or raise " + largest.field() + ".cores");
            }
        });
        users.whole("spark.cores.max").ifPresent(most -> {
            if (most < 1) {
                users.refuse(
                        "spark.cores.max",
                        "an application without cores runs no task",
                        "Set it to 1 or more, or remove it: an application then gets an equal part of all cores");
            }
        });
        coresOfOneTask();
    }

    /** The group whose workers have the most cores. */
    static WorkerGroup largest(ClusterSpec spec) {
        return spec.workers().all().stream()
                .max(Comparator.comparing(WorkerGroup::cores))
                .orElseThrow();
    }

    private void coresOfOneTask() {
        // Without a number an executor gets all cores of its worker.
        var workers = spec.workers().all().stream()
                .min(Comparator.comparing(WorkerGroup::cores))
                .orElseThrow();
        int executor = Math.min(
                users.number("spark.executor.cores", workers.cores()),
                largest(spec).cores());
        users.whole("spark.task.cpus")
                .filter(cpus -> cpus > executor)
                .ifPresent(cpus -> users.refuse(
                        "spark.task.cpus",
                        "an executor has " + cores(executor) + ", and a task of it cannot have more",
                        "Lower it to " + executor + ", or raise "
                                + (users.has("spark.executor.cores")
                                        ? "spark.executor.cores"
                                        : workers.field() + ".cores")));
    }

    /** Refuses more memory beside an executor's heap than there is. */
    private void memory() {
        var names = new ArrayList<>(List.of("spark.executor.pyspark.memory"));
        if (users.isTrue("spark.memory.offHeap.enabled")) {
            names.add("spark.memory.offHeap.size");
        }
        names.add("spark.executor.memoryOverhead");
        var room = rules.besideHeap(spec);
        for (String name : names) {
            users.mebibytes(name)
                    .filter(size -> size > room.mebibytes())
                    .ifPresent(size -> users.refuse(
                            name,
                            room.rule(),
                            "Lower it, or raise " + Sizing.smallest(spec).field() + ".memory"));
        }
        if (users.isTrue("spark.memory.offHeap.enabled")
                && users.mebibytes("spark.memory.offHeap.size").orElse(0L) < 1) {
            users.refuse(
                    "spark.memory.offHeap.enabled",
                    "Spark needs to be told how much memory outside the heap it may use",
                    "Set spark.memory.offHeap.size too, or remove it");
        }
    }

    private void executors() {
        if (users.isTrue("spark.shuffle.service.enabled") && users.has("spark.shuffle.service.enabled")) {
            users.refuse(
                    "spark.shuffle.service.enabled",
                    "no node runs Spark's external shuffle service, and executors would wait for it",
                    "Remove it; dynamic allocation works without it");
        }
        if (!users.isTrue("spark.dynamicAllocation.enabled")) {
            return;
        }
        int most = users.number("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
        if (users.has("spark.dynamicAllocation.maxExecutors") && most < 1) {
            users.refuse(
                    "spark.dynamicAllocation.maxExecutors", "an application needs an executor", "Set it to 1 or more");
            return;
        }
        for (String name : List.of(
                "spark.dynamicAllocation.minExecutors",
                "spark.dynamicAllocation.initialExecutors",
                "spark.executor.instances")) {
            users.whole(name)
                    .filter(number -> number < 0 || number > most)
                    .ifPresent(number -> users.refuse(
                            name,
                            "it must be 0 to spark.dynamicAllocation.maxExecutors, which is " + most,
                            number < 0
                                    ? "Raise it to 0"
                                    : "Lower it to " + most
                                            + (users.isFixed("spark.dynamicAllocation.maxExecutors")
                                                    ? ", or raise " + Sizing.executorsField(spec)
                                                            + " or lower applications.concurrent"
                                                    : ", or raise the maximum")));
        }
    }

    /** Refuses other places for what images and platforms provide. */
    private void places() {
        users.user("spark.local.dir")
                .ifPresent(value -> users.refuse(
                        "spark.local.dir",
                        "every node has a place for scratch files, " + ImageContract.SCRATCH
                                + ", which goes before this property",
                        "Remove it"));
        users.user("spark.pyspark.driver.python")
                .filter(value -> !value.equals(ImageContract.PYTHON))
                .ifPresent(value -> users.refuse(
                        "spark.pyspark.driver.python",
                        "drivers and executors must run the same Python, and that of the images is "
                                + ImageContract.PYTHON,
                        "Remove it; set versions.python"));
        users.user("spark.remote")
                .ifPresent(value -> users.refuse(
                        "spark.remote", "it does not go together with spark.master, which is derived", "Remove it"));
    }

    /** Refuses Java options with which Spark starts no process. */
    private void javaOptions() {
        for (String role : List.of("driver", "executor")) {
            for (String kind : List.of("extraJavaOptions", "defaultJavaOptions")) {
                String name = "spark." + role + "." + kind;
                users.user(name)
                        .filter(options -> options.contains("-Xmx"))
                        .ifPresent(options -> users.refuse(
                                name,
                                "Spark sets the size of the heap itself",
                                "Remove -Xmx; set applications." + role + "Memory"));
            }
        }
        for (String name : List.of("spark.executor.extraJavaOptions", "spark.executor.defaultJavaOptions")) {
            users.user(name)
                    .filter(options -> options.contains("-Dspark"))
                    .ifPresent(options -> users.refuse(
                            name,
                            "Spark takes none of its own properties from there",
                            "Write what is after -D as a property of its own"));
        }
    }

    private void eventLog() {
        if (users.has("spark.eventLog.enabled")
                && users.isTrue("spark.eventLog.enabled")
                && users.user("spark.eventLog.dir").isEmpty()) {
            users.refuse(
                    "spark.eventLog.enabled",
                    "applications write the log into a folder that exists, and the default, /tmp/spark-events, does not",
                    "Set history.enabled instead; or make a folder in the workspace, and set spark.eventLog.dir to it, for example file:"
                            + ImageContract.WORKSPACE + "/spark-events");
        }
    }

    private void heartbeats() {
        var timeout = users.milliseconds("spark.network.timeout");
        var interval = users.milliseconds("spark.executor.heartbeatInterval");
        if (timeout.isPresent() && interval.isPresent() && timeout.get() <= interval.get()) {
            String name =
                    users.has("spark.network.timeout") ? "spark.network.timeout" : "spark.executor.heartbeatInterval";
            users.refuse(
                    name,
                    "an executor must report (spark.executor.heartbeatInterval) more often than it is taken for lost (spark.network.timeout)",
                    "Make the timeout the longer one, 10 times the interval for example");
        }
    }

    static String cores(int number) {
        return number == 1 ? "1 core" : number + " cores";
    }
}
