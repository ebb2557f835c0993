package io.sparkcluster.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One container or pod, complete except for what only its platform knows.
 *
 * @param group the equal nodes that it belongs to
 * @param name its name on the platform and in the cluster's network
 * @param command the role that its image's entry point starts
 * @param environment variables of the process; never a secret
 * @param nameVariables which of the variables hold the node's own name, for platforms that start equal nodes from one description
 * @param sparkConf Spark properties of the node's processes, which the entry point writes into {@code spark-defaults.conf}
 * @param ports where it listens
 * @param mounts its writable folders, shared volumes and secrets
 * @param health how to find out whether it is ready
 * @param resources its limits
 * @param stop how it is stopped
 * @param executorPods the pods that it requests from its platform while it runs, if it does
 */
public record NodeSpec(
        NodeGroup group,
        NodeName name,
        List<String> command,
        SortedMap<String, String> environment,
        Set<String> nameVariables,
        SortedMap<String, String> sparkConf,
        List<ListenPort> ports,
        List<Mount> mounts,
        HealthCheck health,
        ResourceLimits resources,
        StopPolicy stop,
        Optional<ExecutorPods> executorPods) {

    /** Keeps its own copies. */
    public NodeSpec {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        nameVariables = Set.copyOf(nameVariables);
        sparkConf = Collections.unmodifiableSortedMap(new TreeMap<>(sparkConf));
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
    }

    /** The node's kind. */
    public NodeKind kind() {
        return group.kind();
    }

    /** How the node works, as far as platforms must know. */
    public Traits traits() {
        return group.traits();
    }

    /** Its name in the cluster's network, which is also its host name. */
    public String hostName() {
        return name.host();
    }

    /** The published ports. */
    public List<ListenPort> publishedPorts() {
        return ports.stream().filter(port -> port.published().isPresent()).toList();
    }

    /** Whether it mounts a shared volume. */
    public boolean mounts(VolumePlan volume) {
        return this.<Mount.Shared>mounts(mount -> mount.fold(
                        Stream::of, own -> Stream.empty(), memory -> Stream.empty(), secret -> Stream.empty()))
                .stream()
                .anyMatch(shared -> shared.volume().equals(volume.id()));
    }

    /** The mounted volumes that belong to this node only. */
    public List<Mount.Own> ownVolumes() {
        return mounts(mount ->
                mount.fold(shared -> Stream.empty(), Stream::of, memory -> Stream.empty(), secret -> Stream.empty()));
    }

    /** Its own volumes whose content it needs again after a failure. */
    public List<Mount.Own> durableVolumes() {
        return ownVolumes().stream().filter(Mount.Own::durable).toList();
    }

    /** The folders in memory that it mounts. */
    public List<Mount.Memory> memoryFolders() {
        return mounts(mount ->
                mount.fold(shared -> Stream.empty(), own -> Stream.empty(), Stream::of, secret -> Stream.empty()));
    }

    /** The secrets that it mounts. */
    public List<SecretSpec> secrets() {
        return Mount.secrets(mounts);
    }

    /** The secrets that its executor pods mount, then those that it mounts itself; each once. */
    public List<SecretSpec> secretsWithPods() {
        return Stream.concat(
                        executorPods.stream()
                                .flatMap(pods -> pods.templates().stream())
                                .flatMap(template -> Mount.secrets(template.mounts()).stream()),
                        secrets().stream())
                .distinct()
                .toList();
    }

    private <T> List<T> mounts(Function<Mount, Stream<T>> what) {
        return mounts.stream().flatMap(what).toList();
    }

    /** The same node on a platform on which other nodes do not see its workspace, so that it refuses what would need that. */
    public NodeSpec withUnsharedWorkspace() {
        var variables = new TreeMap<>(environment);
        variables.put(ImageContract.Variable.WORKSPACE_SHARED, "false");
        return new NodeSpec(
                group,
                name,
                command,
                variables,
                nameVariables,
                sparkConf,
                ports,
                mounts,
                health,
                resources,
                stop,
                executorPods);
    }

    /** All variables of the process. */
    public SortedMap<String, String> variables() {
        var all = new TreeMap<>(environment);
        all.putAll(configuration());
        return all;
    }

    /** The variables that hold its configuration, each the text of a file, for platforms that store such texts separately. */
    public SortedMap<String, String> configuration() {
        return new TreeMap<>(Map.of(ImageContract.Variable.DEFAULTS, sparkDefaults()));
    }

    /** The Spark properties as the text of a {@code spark-defaults.conf}. */
    public String sparkDefaults() {
        return SparkDefaults.text(sparkConf);
    }

    /** The command with the image's entry point, for platforms that run another command before it; others leave the entry point to the image. */
    public List<String> process() {
        return Stream.concat(Stream.of(ImageContract.ENTRY_POINT), command.stream())
                .toList();
    }
}
