package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Warning;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster worked out: everything that a platform needs to make it, in the order in which it starts.
 *
 * @param spec the description that it follows from
 * @param release the Spark release
 * @param sizing how memory is divided
 * @param images the images in build order, keyed by role
 * @param network name of the cluster's network
 * @param workspace the shared workspace
 * @param secrets the secrets that the cluster needs
 * @param master the master, which starts first, where the cluster manager has one
 * @param workers the workers, which start when the master is ready; none where executors are pods
 * @param edge the edge node, which starts last
 * @param smokeTest the job that ends {@code up}, if it is wanted
 * @param masterUrl where drivers find what gives them executors, inside the network
 * @param uiUrl where Spark's page is reached from the host: the master's, or without one that of the first application on the edge node
 * @param jupyterUrl where JupyterLab is reached from the host
 */
public record ClusterPlan(
        ClusterSpec spec,
        SparkRelease release,
        Sizing sizing,
        Map<ImageRole, ImageSpec> images,
        String network,
        VolumePlan workspace,
        Set<SecretName> secrets,
        Optional<NodeSpec> master,
        List<NodeSpec> workers,
        NodeSpec edge,
        Optional<SmokeTestPlan> smokeTest,
        String masterUrl,
        String uiUrl,
        String jupyterUrl) {

    /** Keeps images in build order. */
    public ClusterPlan {
        images = new EnumMap<>(images);
    }

    /**
     * Works a description out for a platform that names nodes that way.
     *
     * @throws InvalidClusterException with every problem of the description
     */
    public static ClusterPlan of(ClusterSpec spec, Naming naming) {
        return Planner.plan(spec, naming);
    }

    /** Every reason why a description cannot become a cluster; empty when it can. */
    public static List<Problem> problems(ClusterSpec spec) {
        return Planner.problems(spec);
    }

    /** What is most likely not meant in the description, although it can become a cluster. */
    public List<Warning> warnings() {
        return Planner.warnings(spec);
    }

    /** The image that a node of that role runs. */
    public ImageSpec image(ImageRole role) {
        return Optional.ofNullable(images.get(role))
                .orElseThrow(() -> new IllegalArgumentException("the plan has no image " + role.label()));
    }

    /** Every page that is reached from outside the cluster, in the order in which nodes start. */
    public List<Endpoint> endpoints() {
        return nodes().stream()
                .flatMap(node -> node.ports().stream())
                .flatMap(port -> port.endpoint().stream())
                .toList();
    }

    /** Every node in the order in which they start. */
    public List<NodeSpec> nodes() {
        var nodes = new ArrayList<NodeSpec>();
        master.ifPresent(nodes::add);
        nodes.addAll(workers);
        nodes.add(edge);
        return nodes;
    }
}
