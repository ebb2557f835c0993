package io.sparkcluster;

import com.pulumi.resources.Resource;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a component of nodes is made from: their plan, and what they are put into.
 *
 * @param platform where
 * @param cluster the cluster's name, for labels
 * @param nodes the nodes, all of one role
 * @param context image, network, volumes and secrets
 * @param after what must be ready before these nodes start
 * @param autoscale how their number follows their load, for workers
 */
public record NodeArgs(
        Platform platform,
        String cluster,
        List<NodeSpec> nodes,
        NodeContext context,
        List<Resource> after,
        Optional<Autoscale> autoscale) {

    /** Keeps its own copies. */
    public NodeArgs {
        nodes = List.copyOf(nodes);
        after = List.copyOf(after);
    }

    /** Nodes in a fixed number. */
    public NodeArgs(
            Platform platform, String cluster, List<NodeSpec> nodes, NodeContext context, List<Resource> after) {
        this(platform, cluster, nodes, context, after, Optional.empty());
    }

    NodeArgs withAutoscale(Optional<Autoscale> scaling) {
        return new NodeArgs(platform, cluster, nodes, context, after, scaling);
    }

    Map<String, String> labels() {
        return Labels.of(cluster);
    }
}
