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
 * Arguments of a component that starts nodes: the planned nodes and their context.
 *
 * @param platform the platform that starts the nodes
 * @param cluster the cluster's name, for labels
 * @param nodes the nodes, all of one group; at least one
 * @param context image, network, volumes and secrets
 * @param after resources that must be ready before these nodes start
 */
public record NodeArgs(
        Platform platform, String cluster, List<NodeSpec> nodes, NodeContext context, List<Resource> after) {

    /**
     * Keeps its own copies.
     *
     * @throws IllegalArgumentException when there is no node, or when the nodes are of several groups
     */
    public NodeArgs {
        nodes = List.copyOf(nodes);
        after = List.copyOf(after);
        if (nodes.stream().map(NodeSpec::group).distinct().count() != 1) {
            throw new IllegalArgumentException("nodes of one group are started together, and these are of "
                    + nodes.stream().map(node -> node.group().id()).distinct().toList());
        }
    }

    /** The group of the nodes. */
    public NodeGroup group() {
        return nodes.get(0).group();
    }

    Map<String, String> labels() {
        return Labels.of(cluster);
    }
}
