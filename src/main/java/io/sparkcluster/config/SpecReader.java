package io.sparkcluster.config;

import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.MasterSpec;
import io.sparkcluster.model.ProxySpec;
import io.sparkcluster.model.SecuritySpec;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.Versions;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the description of a cluster, which is the same for every platform. */
final class SpecReader {

    private static final int AUTOSCALE_EXAMPLE = 4;
    private static final String WORKER_GROUPS = "workers.groups";

    private final ConfigValues values;

    private SpecReader(ConfigValues values) {
        this.values = values;
    }

    /**
     * Reads the description.
     *
     * @param name the cluster's name where the tree has none
     * @param caCertificates the default for the key {@code extraCaCertificates}
     */
    static ClusterSpec read(ConfigValues values, String name, Optional<Path> caCertificates) {
        return new SpecReader(values).cluster(name, caCertificates);
    }

    private ClusterSpec cluster(String name, Optional<Path> caCertificates) {
        var builder = ClusterSpec.builder(values.text("name").orElse(name))
                .clusterManager(clusterManager())
                .versions(versions())
                .images(images(caCertificates))
                .master(master())
                .workers(workers())
                .edge(edge())
                .applications(applications())
                .workspace(workspace())
                .history(history())
                .security(security())
                .proxy(proxy())
                .smokeTest(values.bool("smokeTest", true));
        values.group("sparkConf").forEach(builder::sparkConf);
        return builder.build();
    }

    private ClusterManager clusterManager() {
        return values.choice(
                "clusterManager",
                ConfigValues.byLabel(List.of(ClusterManager.values()), ClusterManager::label),
                ClusterManager.DEFAULT.label());
    }

    private Versions versions() {
        var defaults = Versions.DEFAULT;
        return new Versions(
                values.text("versions.spark").orElse(defaults.spark()),
                values.integer("versions.java", defaults.java()),
                values.text("versions.python").orElse(defaults.python()));
    }

    private ImagesSpec images(Optional<Path> caCertificates) {
        var defaults = ImagesSpec.DEFAULT;
        return new ImagesSpec(
                values.text("images.from").orElse(defaults.from()),
                source("images.base"),
                source("images.sparkBase"),
                source("images.sparkMaster"),
                source("images.sparkWorker"),
                source("images.sparkHistory"),
                source("images.jupyterLab"),
                values.text("extraCaCertificates").map(Path::of).or(() -> caCertificates),
                values.bool("images.classDataSharing", defaults.classDataSharing()));
    }

    private ImageSource source(String key) {
        return values.text(key).map(ImageSource::registry).orElseGet(ImageSource::build);
    }

    private MasterSpec master() {
        var defaults = MasterSpec.DEFAULT;
        return new MasterSpec(
                values.number("master.cpus", defaults.cpus()),
                values.memory("master.memory").orElse(defaults.memory()),
                values.port("master.uiPort", defaults.uiPort()),
                values.duration("master.recoveryTimeout", defaults.recoveryTimeout()));
    }

    private WorkerPool workers() {
        var defaults = WorkerPool.DEFAULT;
        var pool = new WorkerPool(
                values.integer("workers.count", defaults.count()),
                values.integer("workers.cores", defaults.cores()),
                values.memory("workers.memory").orElse(defaults.memory()),
                values.duration("workers.decommissionTimeout", defaults.decommissionTimeout()),
                autoscale(),
                List.of());
        if (values.text(WORKER_GROUPS).isPresent()) {
            values.refuse(
                    WORKER_GROUPS,
                    "a list",
                    "it has a key for each group of workers, which is the group's name",
                    "Write groups: {small: {count: 4}, large: {count: 1, memory: 8g}}");
        }
        for (String name : values.members(WORKER_GROUPS)) {
            pool = pool.withGroup(workerGroup(name, pool));
        }
        return pool;
    }

    /** What a group does not set is taken from the pool. */
    private WorkerGroup workerGroup(String name, WorkerPool pool) {
        String field = WORKER_GROUPS + "." + name;
        return new WorkerGroup(
                name,
                values.integer(field + ".count", pool.count()),
                values.integer(field + ".cores", pool.cores()),
                values.memory(field + ".memory").orElse(pool.memory()),
                new TreeMap<>(values.group(field + ".placement")));
    }

    private Optional<Autoscale> autoscale() {
        int cpuPercent = values.integer("workers.autoscale.cpuPercent", Autoscale.CPU_PERCENT);
        return values.optionalInteger("workers.autoscale.max", AUTOSCALE_EXAMPLE)
                .map(max -> new Autoscale(max, cpuPercent));
    }

    private EdgeSpec edge() {
        var defaults = EdgeSpec.DEFAULT;
        return new EdgeSpec(
                values.number("edge.cpus", defaults.cpus()),
                values.memory("edge.memory").orElse(defaults.memory()),
                values.port("edge.port", defaults.port()));
    }

    private ApplicationSpec applications() {
        return new ApplicationSpec(
                values.integer("applications.concurrent", ApplicationSpec.DEFAULT.concurrent()),
                values.memory("applications.executorMemory"),
                values.memory("applications.driverMemory"));
    }

    private SharedVolumeSpec workspace() {
        return new SharedVolumeSpec(
                values.text("workspace.existing"), values.bool("workspace.retain", SharedVolumeSpec.DEFAULT.retain()));
    }

    private HistorySpec history() {
        var defaults = HistorySpec.DEFAULT;
        return new HistorySpec(
                values.bool("history.enabled", defaults.enabled()),
                values.number("history.cpus", defaults.cpus()),
                values.memory("history.memory").orElse(defaults.memory()),
                values.port("history.port", defaults.port()),
                values.duration("history.maxAge", defaults.maxAge()),
                values.integer("history.maxApplications", defaults.maxApplications()),
                values.integer("history.maxFiles", defaults.maxFiles()),
                values.memory("history.maxFileSize").orElse(defaults.maxFileSize()),
                values.memory("history.volumeSize").orElse(defaults.volumeSize()));
    }

    private ProxySpec proxy() {
        return new ProxySpec(values.text("proxy.http"), values.text("proxy.https"), values.text("proxy.direct"));
    }

    private SecuritySpec security() {
        var defaults = SecuritySpec.DEFAULT;
        return new SecuritySpec(
                values.bool("security.authenticate", defaults.authenticate()),
                values.bool("security.encrypt", defaults.encrypt()),
                values.integer("security.generation", defaults.generation()),
                values.text("security.publishAddress").orElse(defaults.publishAddress()));
    }
}
