package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Finds Spark properties of a user that are right by themselves, but with which no application would start or finish on the planned cluster. Only what
 * the user set is refused.
 */
final class SparkConfConflicts {

    private final ClusterSpec spec;
    private final SparkPropertyCatalog catalog;
    private final boolean pods;
    private final Map<String, String> users;
    private final SortedMap<String, String> effective;
    private final List<Problem> problems = new ArrayList<>();

    SparkConfConflicts(ClusterSpec spec, SparkPropertyCatalog catalog, PlannedProperties planned) {
        this.spec = spec;
        this.catalog = catalog;
        this.pods = spec.clusterManager() == ClusterManager.KUBERNETES;
        this.users = spec.sparkConf();
        this.effective = planned.with(users);
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
        return problems;
    }

    private void deployMode() {
        String name = "spark.submit.deployMode";
        user(name)
                .filter(mode -> !mode.equals("client"))
                .ifPresent(mode -> refuse(
                        name,
                        "it would hold for every session, but the driver of a notebook runs on the edge node, which Spark calls deploy mode client",
                        "Remove it" + (pods ? "; give single jobs --deploy-mode cluster instead" : "")));
    }

    private void cores() {
        var largest = largest();
        int workerCores = largest.cores();
        whole("spark.executor.cores").ifPresent(cores -> {
            if (cores < 1 || cores > workerCores) {
                refuse(
                        "spark.executor.cores",
                        "an executor runs on one worker, and "
                                + (spec.workers().groups().size() > 1 ? "the largest" : "each") + " has "
                                + cores(workerCores) + " (" + largest.field() + ".cores)",
                        cores < 1
                                ? "Raise it to 1"
                                : "Lower it to " + workerCores + ", or raise " + largest.field() + ".cores");
            }
        });
        whole("spark.cores.max").ifPresent(most -> {
            if (most < 1) {
                refuse(
                        "spark.cores.max",
                        "an application without cores runs no task",
                        "Set it to 1 or more, or remove it: an application then gets an equal part of all cores");
            }
        });
        if (!pods) {
            coresOfOneApplication();
        }
        coresOfOneTask();
    }

    private WorkerGroup largest() {
        return spec.workers().all().stream()
                .max(Comparator.comparing(WorkerGroup::cores))
                .orElseThrow();
    }

    private void coresOfOneApplication() {
        int executor = number("spark.executor.cores", 1);
        if (executor < 1 || executor > largest().cores()) {
            return; // refused by itself
        }
        var most = whole("spark.cores.max");
        if (most.isPresent() && most.get() >= 1 && most.get() < executor) {
            refuse(
                    "spark.cores.max",
                    "an application may not have fewer cores than one executor, and spark.executor.cores is "
                            + executor,
                    "Raise it to " + executor + ", or lower spark.executor.cores");
        }
        int share = Math.max(
                1,
                spec.workers().all().stream()
                                .mapToInt(workers -> workers.count() * workers.cores())
                                .sum()
                        / Math.max(1, spec.applications().concurrent()));
        if (most.isEmpty() && executor > share) {
            refuse(
                    "spark.executor.cores",
                    "each of " + spec.applications().concurrent() + " applications (applications.concurrent) gets "
                            + cores(share) + ", too few for one executor",
                    "Lower it to " + share + ", or lower applications.concurrent");
        }
    }

    private void coresOfOneTask() {
        // Without a number an executor gets all cores of its worker.
        var workers = spec.workers().all().stream()
                .min(Comparator.comparing(WorkerGroup::cores))
                .orElseThrow();
        int executor = Math.min(
                number("spark.executor.cores", workers.cores()), largest().cores());
        whole("spark.task.cpus")
                .filter(cpus -> cpus > executor)
                .ifPresent(cpus -> refuse(
                        "spark.task.cpus",
                        "an executor has " + cores(executor) + ", and a task of it cannot have more",
                        "Lower it to " + executor + ", or raise "
                                + (users.containsKey("spark.executor.cores")
                                        ? "spark.executor.cores"
                                        : workers.field() + ".cores")));
    }

    /** What an executor takes beside its heap. */
    private void memory() {
        var names = new ArrayList<>(List.of("spark.executor.pyspark.memory"));
        if (isTrue("spark.memory.offHeap.enabled")) {
            names.add("spark.memory.offHeap.size");
        }
        if (!pods) {
            names.add("spark.executor.memoryOverhead");
        }
        var workers = Sizing.smallest(spec);
        String field = workers.field() + ".memory";
        MemorySize node = workers.memory();
        MemorySize heap = Sizing.of(spec).executorHeap();
        long free = pods ? node.mebibytes() : node.minus(Sizing.WORKER_DAEMON).mebibytes() - heap.mebibytes();
        for (String name : names) {
            mebibytes(name)
                    .filter(size -> size > free)
                    .ifPresent(size -> refuse(
                            name,
                            pods
                                    ? "it is more than " + field + ", which is " + node
                                    : "of " + field + " " + node + " there are " + Math.max(0, free)
                                            + "m left beside the worker itself and an executor's heap of " + heap,
                            "Lower it, or raise " + field));
        }
        if (isTrue("spark.memory.offHeap.enabled")
                && mebibytes("spark.memory.offHeap.size").orElse(0L) < 1) {
            refuse(
                    "spark.memory.offHeap.enabled",
                    "Spark needs to be told how much memory outside the heap it may use",
                    "Set spark.memory.offHeap.size too, or remove it");
        }
    }

    private void executors() {
        if (isTrue("spark.shuffle.service.enabled") && users.containsKey("spark.shuffle.service.enabled")) {
            refuse(
                    "spark.shuffle.service.enabled",
                    "no node runs Spark's external shuffle service, and executors would wait for it",
                    "Remove it; dynamic allocation works without it");
        }
        if (!isTrue("spark.dynamicAllocation.enabled")) {
            return;
        }
        int most = number("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
        if (users.containsKey("spark.dynamicAllocation.maxExecutors") && most < 1) {
            refuse("spark.dynamicAllocation.maxExecutors", "an application needs an executor", "Set it to 1 or more");
            return;
        }
        for (String name : List.of(
                "spark.dynamicAllocation.minExecutors",
                "spark.dynamicAllocation.initialExecutors",
                "spark.executor.instances")) {
            whole(name)
                    .filter(number -> number < 0 || number > most)
                    .ifPresent(number -> refuse(
                            name,
                            "it must be 0 to spark.dynamicAllocation.maxExecutors, which is " + most,
                            number < 0
                                    ? "Raise it to 0"
                                    : "Lower it to " + most
                                            + (pods
                                                    ? ", or raise workers.count or lower applications.concurrent"
                                                    : ", or raise the maximum")));
        }
    }

    /** Where a process finds what the images and the platform have put somewhere. */
    private void places() {
        user("spark.local.dir")
                .ifPresent(value -> refuse(
                        "spark.local.dir",
                        "every node has a place for scratch files, " + ImageContract.SCRATCH
                                + ", which goes before this property",
                        "Remove it"));
        user("spark.pyspark.driver.python")
                .filter(value -> !value.equals(ImageContract.PYTHON))
                .ifPresent(value -> refuse(
                        "spark.pyspark.driver.python",
                        "drivers and executors must run the same Python, and that of the images is "
                                + ImageContract.PYTHON,
                        "Remove it; set versions.python"));
        user("spark.remote")
                .ifPresent(value -> refuse(
                        "spark.remote", "it does not go together with spark.master, which is derived", "Remove it"));
        if (pods) {
            for (String role : List.of("driver", "executor")) {
                String name = "spark.kubernetes." + role + ".container.image";
                user(name)
                        .ifPresent(value -> refuse(
                                name,
                                "it takes the place of the image that fits this cluster's Spark, Java and Python",
                                "Remove it; set images.sparkWorker"));
            }
            whole("spark.ui.port")
                    .filter(port -> port != Ports.DRIVER_UI.number())
                    .ifPresent(port -> refuse(
                            "spark.ui.port",
                            "the page of the first application is published from port " + Ports.DRIVER_UI,
                            "Remove it; set master.uiPort for the port on which it is published"));
        }
    }

    /** Spark starts no process with these. */
    private void javaOptions() {
        for (String role : List.of("driver", "executor")) {
            for (String kind : List.of("extraJavaOptions", "defaultJavaOptions")) {
                String name = "spark." + role + "." + kind;
                user(name)
                        .filter(options -> options.contains("-Xmx"))
                        .ifPresent(options -> refuse(
                                name,
                                "Spark sets the size of the heap itself",
                                "Remove -Xmx; set applications." + role + "Memory"));
            }
        }
        for (String name : List.of("spark.executor.extraJavaOptions", "spark.executor.defaultJavaOptions")) {
            user(name)
                    .filter(options -> options.contains("-Dspark"))
                    .ifPresent(options -> refuse(
                            name,
                            "Spark takes none of its own properties from there",
                            "Write what is after -D as a property of its own"));
        }
    }

    private void eventLog() {
        if (isTrue("spark.eventLog.enabled") && user("spark.eventLog.dir").isEmpty()) {
            refuse(
                    "spark.eventLog.enabled",
                    "applications write the log into a folder that exists, and the default, /tmp/spark-events, does not",
                    "Make a folder in the workspace, and set spark.eventLog.dir to it, for example file:"
                            + ImageContract.WORKSPACE + "/spark-events");
        }
    }

    private void heartbeats() {
        var timeout = milliseconds("spark.network.timeout");
        var interval = milliseconds("spark.executor.heartbeatInterval");
        if (timeout.isPresent() && interval.isPresent() && timeout.get() <= interval.get()) {
            String name = users.containsKey("spark.network.timeout")
                    ? "spark.network.timeout"
                    : "spark.executor.heartbeatInterval";
            refuse(
                    name,
                    "an executor must report (spark.executor.heartbeatInterval) more often than it is taken for lost (spark.network.timeout)",
                    "Make the timeout the longer one, 10 times the interval for example");
        }
    }

    private static String cores(int number) {
        return number == 1 ? "1 core" : number + " cores";
    }

    private Optional<String> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    private boolean isTrue(String name) {
        return "true".equalsIgnoreCase(effective.getOrDefault(name, "").strip());
    }

    /** A whole number that the user gave; one that is none is refused elsewhere. */
    private Optional<Integer> whole(String name) {
        return user(name).flatMap(SparkConfConflicts::parse);
    }

    private int number(String name, int defaultValue) {
        return Optional.ofNullable(effective.get(name))
                .flatMap(SparkConfConflicts::parse)
                .orElse(defaultValue);
    }

    private static Optional<Integer> parse(String text) {
        try {
            return Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private Optional<Long> mebibytes(String name) {
        return user(name).flatMap(value -> quantity(name, value, 1L << 20));
    }

    private Optional<Long> milliseconds(String name) {
        return Optional.ofNullable(effective.get(name))
                .or(() -> catalog.defaultValue(name))
                .flatMap(value -> quantity(name, value, 1_000_000L));
    }

    /** The value in so many of the smallest unit. */
    private Optional<Long> quantity(String name, String value, long one) {
        return catalog.type(name).flatMap(type -> type.read(value, one));
    }

    private void refuse(String name, String rule, String remedy) {
        problems.add(
                new Problem("sparkConf", SparkConfValidator.shown(name, users.getOrDefault(name, "")), rule, remedy));
    }
}
