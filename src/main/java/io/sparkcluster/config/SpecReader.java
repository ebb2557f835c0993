package io.sparkcluster.config;

import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.MasterSpec;
import io.sparkcluster.model.ProxySpec;
import io.sparkcluster.model.PythonSpec;
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
                .python(python())
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
        var versions = Versions.builder();
        values.text("versions.spark").ifPresent(versions::spark);
        values.optionalInteger("versions.java", 21).ifPresent(versions::java);
        values.text("versions.python").ifPresent(versions::python);
        return versions.build();
    }

    private ImagesSpec images(Optional<Path> caCertificates) {
        var defaults = ImagesSpec.DEFAULT;
        var images = ImagesSpec.builder()
                .base(source("images.base"))
                .sparkBase(source("images.sparkBase"))
                .sparkMaster(source("images.sparkMaster"))
                .sparkWorker(source("images.sparkWorker"))
                .sparkHistory(source("images.sparkHistory"))
                .jupyterLab(source("images.jupyterLab"))
                .classDataSharing(values.bool("images.classDataSharing", defaults.classDataSharing()));
        values.text("images.from").ifPresent(images::from);
        values.text("images.updated").ifPresent(images::updated);
        values.text("images.architecture").ifPresent(asked -> images.architecture(architecture()));
        values.text("extraCaCertificates")
                .map(Path::of)
                .or(() -> caCertificates)
                .ifPresent(images::extraCaCertificates);
        return images.build();
    }

    private PythonSpec python() {
        var python = PythonSpec.builder();
        values.list("python.requirements")
                .ifPresentOrElse(
                        python::requirements,
                        () -> values.text("python.requirements").map(Path::of).ifPresent(python::requirementsFile));
        return python.build();
    }

    private Architecture architecture() {
        return values.choice(
                "images.architecture",
                ConfigValues.byLabel(List.of(Architecture.values()), Architecture::label),
                Architecture.AMD64.label());
    }

    private ImageSource source(String key) {
        return values.text(key).map(ImageSource::registry).orElseGet(ImageSource::build);
    }

    private MasterSpec master() {
        var defaults = MasterSpec.DEFAULT;
        return MasterSpec.builder()
                .cpus(values.number("master.cpus", defaults.cpus()))
                .memory(values.memory("master.memory").orElse(defaults.memory()))
                .uiPort(values.port("master.uiPort", defaults.uiPort()))
                .recoveryTimeout(values.duration("master.recoveryTimeout", defaults.recoveryTimeout()))
                .build();
    }

    private WorkerPool workers() {
        var defaults = WorkerPool.DEFAULT;
        var builder = WorkerPool.builder()
                .count(values.integer("workers.count", defaults.count()))
                .cores(values.integer("workers.cores", defaults.cores()))
                .memory(values.memory("workers.memory").orElse(defaults.memory()))
                .decommissionTimeout(values.duration("workers.decommissionTimeout", defaults.decommissionTimeout()));
        autoscale().ifPresent(builder::autoscale);
        var pool = builder.build();
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
        return WorkerGroup.of(
                        name,
                        values.integer(field + ".count", pool.count()),
                        values.integer(field + ".cores", pool.cores()),
                        values.memory(field + ".memory").orElse(pool.memory()))
                .toBuilder()
                .placement(new TreeMap<>(values.group(field + ".placement")))
                .build();
    }

    private Optional<Autoscale> autoscale() {
        int cpuPercent = values.integer("workers.autoscale.cpuPercent", Autoscale.CPU_PERCENT);
        return values.optionalInteger("workers.autoscale.max", AUTOSCALE_EXAMPLE)
                .map(max -> Autoscale.upTo(max).withCpuPercent(cpuPercent));
    }

    private EdgeSpec edge() {
        var defaults = EdgeSpec.DEFAULT;
        return EdgeSpec.builder()
                .cpus(values.number("edge.cpus", defaults.cpus()))
                .memory(values.memory("edge.memory").orElse(defaults.memory()))
                .port(values.port("edge.port", defaults.port()))
                .build();
    }

    private ApplicationSpec applications() {
        var applications = ApplicationSpec.builder()
                .concurrent(values.integer("applications.concurrent", ApplicationSpec.DEFAULT.concurrent()));
        values.memory("applications.executorMemory").ifPresent(applications::executorMemory);
        values.memory("applications.driverMemory").ifPresent(applications::driverMemory);
        return applications.build();
    }

    private SharedVolumeSpec workspace() {
        var defaults = SharedVolumeSpec.DEFAULT;
        return values.text("workspace.existing")
                .map(SharedVolumeSpec::existing)
                .orElse(defaults)
                .withRetain(values.bool("workspace.retain", defaults.retain()));
    }

    private HistorySpec history() {
        var defaults = HistorySpec.DEFAULT;
        return HistorySpec.builder()
                .enabled(values.bool("history.enabled", defaults.enabled()))
                .cpus(values.number("history.cpus", defaults.cpus()))
                .memory(values.memory("history.memory").orElse(defaults.memory()))
                .port(values.port("history.port", defaults.port()))
                .maxAge(values.duration("history.maxAge", defaults.maxAge()))
                .maxApplications(values.integer("history.maxApplications", defaults.maxApplications()))
                .maxFiles(values.integer("history.maxFiles", defaults.maxFiles()))
                .maxFileSize(values.memory("history.maxFileSize").orElse(defaults.maxFileSize()))
                .volumeSize(values.memory("history.volumeSize").orElse(defaults.volumeSize()))
                .build();
    }

    private ProxySpec proxy() {
        var proxy = ProxySpec.builder();
        values.text("proxy.http").ifPresent(proxy::http);
        values.text("proxy.https").ifPresent(proxy::https);
        values.text("proxy.direct").ifPresent(proxy::direct);
        return proxy.build();
    }

    private SecuritySpec security() {
        var defaults = SecuritySpec.DEFAULT;
        return SecuritySpec.builder()
                .authenticate(values.bool("security.authenticate", defaults.authenticate()))
                .encrypt(values.bool("security.encrypt", defaults.encrypt()))
                .generation(values.integer("security.generation", defaults.generation()))
                .publishAddress(values.text("security.publishAddress").orElse(defaults.publishAddress()))
                .build();
    }
}
