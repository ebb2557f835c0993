package io.sparkcluster.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One container or pod, complete but for what only its platform knows.
 *
 * @param group the equal nodes that it belongs to
 * @param name its name on the platform and in the cluster's network
 * @param command the role that its image's entry point starts
 * @param environment variables of the process; never a secret
 * @param nameVariables which of the variables hold the node's own name, for platforms that start equal nodes from one description
 * @param sparkConf Spark properties of the node's processes, which the entry point writes into {@code spark-defaults.conf}
 * @param ports where it listens
 * @param mounts what it may write, shares or is told in secret
 * @param health how to see that it is ready
 * @param resources what it may use
 * @param stop how it is ended
 * @param executorPods the pods that it asks its platform for while it runs, if it does
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

    /** What it does. */
    public NodeKind kind() {
        return group.kind();
    }

    /** What platforms take into account of its way of working. */
    public Traits traits() {
        return group.traits();
    }

    /** Its name in the cluster's network, which is also its own host name. */
    public String hostName() {
        return name.host();
    }

    /** The ports that are reached from outside the cluster. */
    public List<ListenPort> publishedPorts() {
        return ports.stream().filter(port -> port.published().isPresent()).toList();
    }

    /** Whether it mounts a volume that nodes share. */
    public boolean mounts(VolumePlan volume) {
        return this.<Mount.Shared>mounts(mount -> mount.fold(
                        Stream::of, own -> Stream.empty(), memory -> Stream.empty(), secret -> Stream.empty()))
                .stream()
                .anyMatch(shared -> shared.volume().equals(volume.id()));
    }

    /** The volumes of its own that it mounts. */
    public List<Mount.Own> ownVolumes() {
        return mounts(mount ->
                mount.fold(shared -> Stream.empty(), Stream::of, memory -> Stream.empty(), secret -> Stream.empty()));
    }

    /** Those of them that it needs again after a failure. */
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

    /** The secrets that the pods which it asks for mount, and its own; each once. */
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

    /** All variables of the process. */
    public SortedMap<String, String> variables() {
        var all = new TreeMap<>(environment);
        all.putAll(configuration());
        return all;
    }

    /** The variables that hold its configuration, each the text of a file, for platforms that keep such texts apart. */
    public SortedMap<String, String> configuration() {
        return new TreeMap<>(Map.of(ImageContract.Variable.DEFAULTS, sparkDefaults()));
    }

    /** The Spark properties as the text of a {@code spark-defaults.conf}. */
    public String sparkDefaults() {
        return SparkDefaults.text(sparkConf);
    }

    /** The whole process, for platforms that put a command of their own before it; others leave the entry point to the image. */
    public List<String> process() {
        return Stream.concat(Stream.of(ImageContract.ENTRY_POINT), command.stream())
                .toList();
    }
}
