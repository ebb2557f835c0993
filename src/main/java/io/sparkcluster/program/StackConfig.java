package io.sparkcluster.program;

import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.MasterSpec;
import io.sparkcluster.model.ProxySpec;
import io.sparkcluster.model.SecuritySpec;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.Versions;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A stack's configuration as a description of a cluster.
 *
 * @param platform what the cluster runs on
 * @param engine what runs the containers on the platform {@code docker}
 * @param dockerHost address of the engine that runs the containers, or for other platforms builds the images, if it is not the default one
 * @param kubernetes what only Kubernetes needs, read also where the platform is another one
 * @param swarm what only a Swarm needs, read also where the platform is another one
 * @param cluster the cluster
 */
record StackConfig(
        PlatformName platform,
        Engine engine,
        Optional<String> dockerHost,
        KubernetesConfig kubernetes,
        SwarmSettings swarm,
        ClusterSpec cluster) {

    private static final String WORKER_GROUPS = "workers.groups";

    /**
     * Reads a configuration.
     *
     * @param project the project's name, which is the name space of its keys
     * @param stack the stack's name, of which the cluster's name is made when none is configured or pinned
     * @param pinned the name that the stack's cluster got when it was first made; the stack may have another name since
     * @param raw every key of the stack with its value, as the engine hands them to a program
     * @param caCertificates the certificate authorities that this machine's environment names, the default for the key
     *     {@code extraCaCertificates}
     * @param imageLoader the command that this machine's environment names for bringing images to Kubernetes nodes
     * @throws InvalidClusterException with every key that is unknown and every value that cannot be read
     */
    static StackConfig read(
            String project,
            String stack,
            Optional<String> pinned,
            Map<String, String> raw,
            Optional<Path> caCertificates,
            Optional<String> imageLoader) {
        var values = ConfigValues.of(project, raw);
        var config = read(values, pinned.orElse("spark-" + stack), caCertificates, imageLoader);
        var problems = new ArrayList<>(values.problems());
        if (!problems.isEmpty()) {
            // Values that could not be read stand at their defaults here; what else is wrong is worth knowing at once.
            problems.addAll(ClusterPlan.problems(config.cluster()));
            throw new InvalidClusterException("the configuration of stack \"" + stack + '"', problems);
        }
        return config;
    }

    static StackConfig read(
            ConfigValues values, String name, Optional<Path> caCertificates, Optional<String> imageLoader) {
        var platform = PlatformName.read(values);
        var cluster = cluster(values, name, caCertificates);
        return new StackConfig(
                platform,
                engine(values, platform),
                values.text("docker.host"),
                KubernetesConfig.read(values, cluster.name(), platform == PlatformName.KUBERNETES, imageLoader),
                SwarmConfig.read(values, cluster.name()),
                cluster);
    }

    private static Engine engine(ConfigValues values, PlatformName platform) {
        var labels = Engine.all().stream().map(Engine::label).toList();
        String label = values.oneOf("docker.engine", labels, Engine.docker().label());
        var engine = Engine.labelled(label).orElse(Engine.docker());
        if (platform != PlatformName.DOCKER && !engine.equals(Engine.docker())) {
            values.refuse(
                    "docker.engine",
                    label,
                    "it is for the platform docker; images for others are built by a Docker engine",
                    "Remove it: pulumi config rm --path docker.engine");
        }
        return engine;
    }

    private static ClusterSpec cluster(ConfigValues values, String name, Optional<Path> caCertificates) {
        var builder = ClusterSpec.builder(values.text("name").orElse(name))
                .clusterManager(clusterManager(values))
                .versions(versions(values))
                .images(images(values, caCertificates))
                .master(master(values))
                .workers(workers(values))
                .edge(edge(values))
                .applications(applications(values))
                .workspace(workspace(values))
                .history(history(values))
                .security(security(values))
                .proxy(proxy(values))
                .smokeTest(values.bool("smokeTest", true));
        values.group("sparkConf").forEach(builder::sparkConf);
        return builder.build();
    }

    private static ClusterManager clusterManager(ConfigValues values) {
        String defaultValue = ClusterManager.DEFAULT.label();
        var labels = Arrays.stream(ClusterManager.values())
                .map(ClusterManager::label)
                .toList();
        String label = values.oneOf("clusterManager", labels, defaultValue);
        // A word that is none of them was refused; the rest is still worth checking.
        return Arrays.stream(ClusterManager.values())
                .filter(manager -> manager.label().equals(label))
                .findFirst()
                .orElse(ClusterManager.DEFAULT);
    }

    private static Versions versions(ConfigValues values) {
        var defaults = Versions.DEFAULT;
        return new Versions(
                values.text("versions.spark").orElse(defaults.spark()),
                values.integer("versions.java", defaults.java()),
                values.text("versions.python").orElse(defaults.python()));
    }

    private static ImagesSpec images(ConfigValues values, Optional<Path> caCertificates) {
        var defaults = ImagesSpec.DEFAULT;
        return new ImagesSpec(
                values.text("images.from").orElse(defaults.from()),
                source(values, "images.base"),
                source(values, "images.sparkBase"),
                source(values, "images.sparkMaster"),
                source(values, "images.sparkWorker"),
                source(values, "images.sparkHistory"),
                source(values, "images.jupyterLab"),
                values.text("extraCaCertificates").map(Path::of).or(() -> caCertificates),
                values.bool("images.classDataSharing", defaults.classDataSharing()));
    }

    private static ImageSource source(ConfigValues values, String key) {
        return values.text(key).map(ImageSource::registry).orElseGet(ImageSource::build);
    }

    private static MasterSpec master(ConfigValues values) {
        var defaults = MasterSpec.DEFAULT;
        return new MasterSpec(
                values.number("master.cpus", defaults.cpus()),
                values.memory("master.memory").orElse(defaults.memory()),
                values.port("master.uiPort", defaults.uiPort()),
                values.duration("master.recoveryTimeout", defaults.recoveryTimeout()));
    }

    private static WorkerPool workers(ConfigValues values) {
        var defaults = WorkerPool.DEFAULT;
        var pool = new WorkerPool(
                values.integer("workers.count", defaults.count()),
                values.integer("workers.cores", defaults.cores()),
                values.memory("workers.memory").orElse(defaults.memory()),
                values.duration("workers.decommissionTimeout", defaults.decommissionTimeout()),
                autoscale(values),
                List.of());
        if (values.text(WORKER_GROUPS).isPresent()) {
            values.refuse(
                    WORKER_GROUPS,
                    "a list",
                    "it has a key for each group of workers, which is the group's name",
                    "Write groups: {small: {count: 4}, large: {count: 1, memory: 8g}}");
        }
        for (String name : values.members(WORKER_GROUPS)) {
            pool = pool.withGroup(workerGroup(values, name, pool));
        }
        return pool;
    }

    /** What a group does not say is as for all workers. */
    private static WorkerGroup workerGroup(ConfigValues values, String name, WorkerPool pool) {
        String field = WORKER_GROUPS + "." + name;
        return new WorkerGroup(
                name,
                values.integer(field + ".count", pool.count()),
                values.integer(field + ".cores", pool.cores()),
                values.memory(field + ".memory").orElse(pool.memory()),
                new TreeMap<>(values.group(field + ".placement")));
    }

    private static Optional<Autoscale> autoscale(ConfigValues values) {
        int cpuPercent = values.integer("workers.autoscale.cpuPercent", Autoscale.CPU_PERCENT);
        return values.text("workers.autoscale.max").isPresent()
                ? Optional.of(new Autoscale(values.integer("workers.autoscale.max", 0), cpuPercent))
                : Optional.empty();
    }

    private static EdgeSpec edge(ConfigValues values) {
        var defaults = EdgeSpec.DEFAULT;
        return new EdgeSpec(
                values.number("edge.cpus", defaults.cpus()),
                values.memory("edge.memory").orElse(defaults.memory()),
                values.port("edge.port", defaults.port()));
    }

    private static ApplicationSpec applications(ConfigValues values) {
        return new ApplicationSpec(
                values.integer("applications.concurrent", ApplicationSpec.DEFAULT.concurrent()),
                values.memory("applications.executorMemory"),
                values.memory("applications.driverMemory"));
    }

    private static SharedVolumeSpec workspace(ConfigValues values) {
        return new SharedVolumeSpec(
                values.text("workspace.existing"), values.bool("workspace.retain", SharedVolumeSpec.DEFAULT.retain()));
    }

    private static HistorySpec history(ConfigValues values) {
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

    private static ProxySpec proxy(ConfigValues values) {
        return new ProxySpec(values.text("proxy.http"), values.text("proxy.https"), values.text("proxy.direct"));
    }

    private static SecuritySpec security(ConfigValues values) {
        var defaults = SecuritySpec.DEFAULT;
        return new SecuritySpec(
                values.bool("security.authenticate", defaults.authenticate()),
                values.bool("security.encrypt", defaults.encrypt()),
                values.integer("security.generation", defaults.generation()),
                values.text("security.publishAddress").orElse(defaults.publishAddress()));
    }
}
