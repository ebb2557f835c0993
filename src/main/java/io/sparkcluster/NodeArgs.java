package io.sparkcluster;

import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.Platform;
import java.util.List;
import java.util.Map;

/**
 * What a component of nodes is made from: their plan, and what they are put into.
 *
 * @param platform where
 * @param cluster the cluster's name, for labels
 * @param nodes the nodes, all of one group; at least one
 * @param context image, network, volumes and secrets
 * @param after what must be ready before these nodes start
 */
public record NodeArgs(
        Platform platform, String cluster, List<NodeSpec> nodes, NodeContext context, List<Resource> after) {

    /**
     * Keeps its own copies.
     *
     * @throws IllegalArgumentException when there is no node, or one of another group
     */
    public NodeArgs {
        nodes = List.copyOf(nodes);
        after = List.copyOf(after);
        if (nodes.stream().map(NodeSpec::group).distinct().count() != 1) {
            throw new IllegalArgumentException("nodes of one group are started together, and these are of "
                    + nodes.stream().map(node -> node.group().id()).distinct().toList());
        }
    }

    /** The group that the nodes are. */
    public NodeGroup group() {
        return nodes.get(0).group();
    }

    Map<String, String> labels() {
        return Labels.of(cluster);
    }
}
