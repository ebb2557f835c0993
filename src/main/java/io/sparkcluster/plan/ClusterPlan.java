package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Warning;
import io.sparkcluster.model.WorkerPool;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a cluster: everything that a platform needs to create it.
 *
 * @param spec the description that the plan follows from
 * @param release the Spark release
 * @param foundation the Linux image that images are built on, Java and Python
 * @param sizing how memory is divided
 * @param images the images in build order, keyed by role
 * @param network name of the cluster's network
 * @param volumes the volumes that nodes share, the workspace first
 * @param nodes every node, those first that others need; the nodes of one group follow each other
 * @param smokeTest the job that ends {@code up}, if it is switched on
 * @param masterUrl the master URL for drivers inside the network
 */
public record ClusterPlan(
        ClusterSpec spec,
        SparkRelease release,
        Foundation foundation,
        Sizing sizing,
        Map<ImageRole, ImageSpec> images,
        String network,
        List<VolumePlan> volumes,
        List<NodeSpec> nodes,
        Optional<SmokeTestPlan> smokeTest,
        String masterUrl) {

    /** Keeps its own copies, images in build order. */
    public ClusterPlan {
        var inOrder = new EnumMap<ImageRole, ImageSpec>(ImageRole.class);
        inOrder.putAll(images);
        images = Collections.unmodifiableMap(inOrder);
        volumes = List.copyOf(volumes);
        nodes = List.copyOf(nodes);
    }

    /**
     * Plans a cluster for a platform with the given naming.
     *
     * @throws InvalidClusterException with every problem of the description
     */
    public static ClusterPlan of(ClusterSpec spec, Naming naming) {
        return Planner.plan(spec, naming);
    }

    /**
     * Plans a cluster as far as possible, although the description may have problems: for checks whose results are reported together with these problems.
     * Nothing may be created from a draft.
     */
    public static ClusterPlan draft(ClusterSpec spec, Naming naming) {
        return Planner.draft(spec, naming);
    }

    /** Every reason why a description cannot become a cluster; empty when it can. */
    public static List<Problem> problems(ClusterSpec spec) {
        return Planner.problems(spec);
    }

    /** What is allowed in the description, but most likely not intended. */
    public List<Warning> warnings() {
        return Planner.warnings(spec);
    }

    /**
     * The image with a role.
     *
     * @throws IllegalArgumentException when the plan has no such image
     */
    public ImageSpec image(ImageRole role) {
        return Optional.ofNullable(images.get(role))
                .orElseThrow(() -> new IllegalArgumentException("the plan has no image " + role.label()));
    }

    /** The workspace. */
    public VolumePlan workspace() {
        return volumes.get(0);
    }

    /** The shared volumes that are created for the cluster. */
    public List<VolumePlan> madeVolumes() {
        return volumes.stream().filter(volume -> !volume.existing()).toList();
    }

    /** Every published page, in the order of the nodes. */
    public List<Endpoint> endpoints() {
        return nodes().stream()
                .flatMap(node -> node.ports().stream())
                .flatMap(port -> port.endpoint().stream())
                .toList();
    }

    /** The URL of a page for a browser on the publishing machine. */
    public String address(Endpoint page) {
        String host = spec.security().publishAddress();
        return "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + page.port();
    }

    /**
     * Every secret that a node or a pod mounts, in the order in which they are first needed.
     *
     * @throws IllegalStateException when two of them have the same name
     */
    public Set<SecretSpec> secrets() {
        var byName = new LinkedHashMap<String, SecretSpec>();
        nodes.stream().flatMap(node -> node.secretsWithPods().stream()).forEach(secret -> {
            var other = byName.putIfAbsent(secret.name(), secret);
            if (other != null && !other.equals(secret)) {
                throw new IllegalStateException("two secrets of the cluster are called " + secret.name()
                        + ": one is generated, the other given. Rename one of the two");
            }
        });
        return Collections.unmodifiableSet(new LinkedHashSet<>(byName.values()));
    }

    /** Every group of nodes, those first that others need. */
    public List<NodeGroup> groups() {
        return nodes.stream().map(NodeSpec::group).distinct().toList();
    }

    /** The nodes of a group. */
    public List<NodeSpec> nodes(NodeGroup group) {
        return nodes.stream().filter(node -> node.group().equals(group)).toList();
    }

    /** The nodes of a kind, of all groups. */
    public List<NodeSpec> nodes(NodeKind kind) {
        return nodes.stream().filter(node -> node.kind().equals(kind)).toList();
    }

    /** The master, where the cluster manager has one. */
    public Optional<NodeSpec> master() {
        return nodes(NodeKind.MASTER).stream().findFirst();
    }

    /** The workers. Empty where executors are pods. */
    public List<NodeSpec> workers() {
        return nodes(NodeKind.WORKER);
    }

    /** The edge node. */
    public NodeSpec edge() {
        return nodes(NodeKind.EDGE).get(0);
    }

    /**
     * Why the cluster cannot run on a platform that starts no executor pods. Empty if it can.
     *
     * @param platform the platform's name as the subject of a sentence
     */
    public Optional<Problem> withoutPods(String platform) {
        return ManagerRules.of(spec).withoutPods(platform);
    }

    /** The limits of every executor pod that the nodes together may request while they run. */
    public List<ResourceLimits> podsOnDemand() {
        return nodes.stream()
                .flatMap(node -> node.executorPods().stream())
                .flatMap(pods ->
                        Collections.nCopies(Math.max(0, Math.min(pods.most(), WorkerPool.MOST)), pods.executorLimits())
                                .stream())
                .toList();
    }
}
