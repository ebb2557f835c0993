package io.sparkcluster.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Checks each field of a description by itself and against its neighbours, and reports all problems at once. */
public final class ClusterValidator {

    /** Keeps the longest host name, {@code <name>-worker-1000}, and names that are derived from it within the 63 characters of a DNS label. */
    private static final int LONGEST_NAME = 40;

    /** For the names of a cluster and a group together: the label {@code controller-revision-hash} is 11 characters longer than a stateful set's name. */
    private static final int LONGEST_NAMES = 43;

    private static final int MOST_CORES = 256;
    private static final int MOST_APPLICATIONS = 16;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}Z)?");
    private static final Pattern VOLUME_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final MemorySize SMALLEST_MASTER = MemorySize.mebibytes(768);
    private static final MemorySize SMALLEST_HISTORY = MemorySize.mebibytes(768);
    private static final int MOST_APPLICATIONS_KEPT = 100_000;
    private static final int MOST_FILES = 1000;

    /** Spark's minimum for {@code spark.eventLog.rolling.maxFileSize}. */
    private static final MemorySize SMALLEST_FILE = MemorySize.mebibytes(10);

    private static final MemorySize SMALLEST_VOLUME = MemorySize.mebibytes(100);
    private static final MemorySize SMALLEST_EDGE = MemorySize.mebibytes(1536);
    private static final MemorySize SMALLEST_WORKER = MemorySize.mebibytes(1024);

    private final List<Problem> problems = new ArrayList<>();

    private ClusterValidator() {}

    /** Every problem of the description in the order of its fields, whatever its cluster manager is; empty when there is none. */
    public static List<Problem> validate(ClusterSpec spec) {
        var validator = new ClusterValidator();
        validator.name(spec.name());
        validator.images(spec.images());
        validator.problems.addAll(RequirementsValidator.validate(spec.python()));
        validator.master(spec.master());
        validator.workers(spec.name(), spec.workers());
        validator.edge(spec.edge());
        validator.applications(spec.applications());
        validator.workspace(spec.workspace());
        validator.history(spec.history());
        validator.security(spec.security());
        validator.problems.addAll(ProxyValidator.validate(spec.proxy()));
        return List.copyOf(validator.problems);
    }

    private void name(String name) {
        if (name.length() > LONGEST_NAME || !DNS_LABEL.matcher(name).matches()) {
            refuse(
                    "name",
                    '"' + name + '"',
                    "it becomes part of host names: lower-case letters, digits and hyphens, a letter first, at most "
                            + LONGEST_NAME + " characters",
                    "Choose a name such as spark-dev");
        }
    }

    private void images(ImagesSpec images) {
        images.from().ifPresent(from -> reference("images.from", from));
        images.updated()
                .filter(updated -> !MOMENT.matcher(updated).matches())
                .ifPresent(updated -> refuse(
                        "images.updated",
                        '"' + updated + '"',
                        "it must be a day or a minute of UTC",
                        "Write it as 2026-12-01 or 2026-12-01T09:05Z"));
        source("images.base", images.base());
        source("images.sparkBase", images.sparkBase());
        source("images.sparkMaster", images.sparkMaster());
        source("images.sparkWorker", images.sparkWorker());
        source("images.sparkHistory", images.sparkHistory());
        source("images.jupyterLab", images.jupyterLab());
        images.extraCaCertificates().ifPresent(this::caCertificates);
    }

    private void source(String field, ImageSource source) {
        source.givenReference().ifPresent(reference -> reference(field, reference));
    }

    private void reference(String field, String reference) {
        if (!ImageReference.isReference(reference)) {
            refuse(
                    field,
                    '"' + reference + '"',
                    "it must be an image reference: registry, path in lower-case letters, tag or digest",
                    "Write it as name:tag or name@digest, for example registry.example.org/team/spark:1");
        }
    }

    private void caCertificates(Path pem) {
        CertificateFile.refusal(pem)
                .ifPresent(
                        rule -> refuse(
                                "extraCaCertificates",
                                pem.toString(),
                                rule,
                                "Name the bundle that this machine trusts, often /etc/ssl/certs/ca-certificates.crt, or remove the key"));
    }

    private void master(MasterSpec master) {
        cpus("master.cpus", master.cpus());
        atLeast("master.memory", master.memory(), SMALLEST_MASTER, "the master's JVM needs it");
        between("master.recoveryTimeout", master.recoveryTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    private void workers(String cluster, WorkerPool workers) {
        for (WorkerGroup group : workers.all()) {
            String field = group.field();
            between(field + ".count", group.count(), WorkerPool.MOST, "a cluster without workers runs no task");
            between(field + ".cores", group.cores(), MOST_CORES, "each core runs one task at a time");
            atLeast(field + ".memory", group.memory(), SMALLEST_WORKER, "a smaller worker cannot hold any executor");
        }
        if (!workers.groups().isEmpty()) {
            groups(cluster, workers);
        }
        between(
                "workers.decommissionTimeout",
                workers.decommissionTimeout(),
                Duration.ofSeconds(5),
                Duration.ofHours(6));
        workers.autoscale().ifPresent(scaling -> autoscale(workers.count(), scaling));
    }

    private void groups(String cluster, WorkerPool workers) {
        var names = new HashSet<String>();
        for (WorkerGroup group : workers.groups()) {
            if (!DNS_LABEL.matcher(group.name()).matches()) {
                refuse(
                        group.field(),
                        '"' + group.name() + '"',
                        "the name of a group becomes part of host names: lower-case letters, digits and hyphens, a letter first",
                        "Choose a name such as large");
            } else if (cluster.length() + group.name().length() > LONGEST_NAMES) {
                refuse(
                        group.field(),
                        '"' + group.name() + '"',
                        "with the cluster's name, " + cluster + ", it may have at most " + LONGEST_NAMES
                                + " characters, since both become part of one host name",
                        "Shorten one of the two");
            }
            if (!names.add(group.name())) {
                refuse(
                        group.field(),
                        '"' + group.name() + '"',
                        "another group has the same name",
                        "Rename one of the two");
            }
        }
        // A group that is too large by itself was refused before.
        if (workers.total() > WorkerPool.MOST
                && workers.groups().stream().allMatch(group -> group.count() <= WorkerPool.MOST)) {
            refuse(
                    "workers.groups",
                    workers.total() + " workers",
                    "all groups together must have at most " + WorkerPool.MOST,
                    "Lower the count of one of them");
        }
        workers.autoscale()
                .ifPresent(scaling -> refuse(
                        "workers.autoscale",
                        "max " + scaling.max(),
                        "it is for workers that are all equal, and these are in groups (workers.groups)",
                        "Remove one of the two"));
    }

    private void autoscale(int count, Autoscale scaling) {
        if (scaling.max() <= count || scaling.max() > WorkerPool.MOST) {
            refuse(
                    "workers.autoscale.max",
                    Integer.toString(scaling.max()),
                    "it must be more than workers.count, which is " + count + ", and at most " + WorkerPool.MOST,
                    "Set it to the most workers that there may be");
        }
        if (scaling.cpuPercent() < 10 || scaling.cpuPercent() > 100) {
            refuse(
                    "workers.autoscale.cpuPercent",
                    Integer.toString(scaling.cpuPercent()),
                    "it must be 10 to 100",
                    "Choose " + Autoscale.CPU_PERCENT + " unless you measured something better");
        }
    }

    private void edge(EdgeSpec edge) {
        cpus("edge.cpus", edge.cpus());
        atLeast("edge.memory", edge.memory(), SMALLEST_EDGE, "JupyterLab and one driver need it");
    }

    private void applications(ApplicationSpec applications) {
        between("applications.concurrent", applications.concurrent(), MOST_APPLICATIONS, "it divides every worker");
    }

    private void workspace(SharedVolumeSpec workspace) {
        workspace
                .existing()
                .filter(volume -> !VOLUME_NAME.matcher(volume).matches())
                .ifPresent(volume -> refuse(
                        "workspace.existing",
                        '"' + volume + '"',
                        "it must be the name of a volume",
                        "Name one that the engine lists, or remove the key to have one made"));
    }

    private void history(HistorySpec history) {
        cpus("history.cpus", history.cpus());
        atLeast("history.memory", history.memory(), SMALLEST_HISTORY, "the history server's JVM needs it");
        between("history.maxAge", history.maxAge(), Duration.ofHours(1), Duration.ofDays(3650));
        between(
                "history.maxApplications",
                history.maxApplications(),
                MOST_APPLICATIONS_KEPT,
                "the history server reads the log of each when it starts");
        between("history.maxFiles", history.maxFiles(), MOST_FILES, "older ones are compacted into one");
        atLeast("history.maxFileSize", history.maxFileSize(), SMALLEST_FILE, "Spark begins no file below it");
        atLeast("history.volumeSize", history.volumeSize(), SMALLEST_VOLUME, "logs of a few applications need it");
    }

    private void security(SecuritySpec security) {
        if (security.encrypt() && !security.authenticate()) {
            refuse(
                    "security.encrypt",
                    "true",
                    "Spark derives its encryption keys from the secret, so it needs security.authenticate",
                    "Set security.authenticate to true, or security.encrypt to false");
        }
        if (security.generation() < 1) {
            refuse(
                    "security.generation",
                    Integer.toString(security.generation()),
                    "generations count from 1",
                    "Set it to 1; to get new secrets, raise it by one");
        }
        if (!Ipv4.isAddress(security.publishAddress())) {
            refuse(
                    "security.publishAddress",
                    '"' + security.publishAddress() + '"',
                    "it must be an IPv4 address of the host: four numbers from 0 to 255",
                    "Use 127.0.0.1 for this machine only, or 0.0.0.0 for every network it is in");
        }
    }

    private void cpus(String field, double cpus) {
        if (!(cpus >= 0.1 && cpus <= MOST_CORES)) {
            refuse(field, Double.toString(cpus), "it must be 0.1 to " + MOST_CORES + " CPUs", "Use for example 1");
        }
    }

    private void between(String field, int value, int most, String because) {
        if (value < 1 || value > most) {
            refuse(
                    field,
                    Integer.toString(value),
                    "it must be 1 to " + most + ", " + because,
                    "Set " + field + " within that range");
        }
    }

    private void between(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            refuse(
                    field,
                    value.toSeconds() + "s",
                    "it must be " + least.toSeconds() + "s to " + most.toSeconds() + "s",
                    "Set " + field + " within that range");
        }
    }

    private void atLeast(String field, MemorySize value, MemorySize least, String because) {
        if (value.compareTo(least) < 0) {
            refuse(field, value.toString(), "it must be at least " + least + ", " + because, "Raise " + field);
        }
    }

    private void refuse(String field, String value, String rule, String remedy) {
        problems.add(new Problem(field, value, rule, remedy));
    }
}
