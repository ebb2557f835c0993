package io.sparkcluster;

import com.google.auto.value.AutoValue;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.Platform;
import java.util.List;
import java.util.Map;

/** Arguments of a component that starts nodes: the planned nodes and their context. */
@AutoValue
public abstract class NodeArgs {

    NodeArgs() {}

    /**
     * Arguments for nodes that need not wait for other resources.
     *
     * @param platform the platform that starts the nodes
     * @param cluster the cluster's name, for labels
     * @param nodes the nodes, all of one group; at least one
     * @param context image, network, volumes and secrets
     * @throws IllegalArgumentException when there is no node, or when the nodes are of several groups
     */
    public static NodeArgs of(Platform platform, String cluster, List<NodeSpec> nodes, NodeContext context) {
        return new AutoValue_NodeArgs.Builder()
                .platform(platform)
                .cluster(cluster)
                .nodes(nodes)
                .context(context)
                .after(List.of())
                .build();
    }

    /** The platform that starts the nodes. */
    public abstract Platform platform();

    /** The cluster's name, for labels. */
    public abstract String cluster();

    /** The nodes, all of one group; at least one. */
    public abstract List<NodeSpec> nodes();

    /** Image, network, volumes and secrets. */
    public abstract NodeContext context();

    /** Resources that must be ready before these nodes start. */
    public abstract List<Resource> after();

    /** The same nodes, which start when these resources are ready. */
    public NodeArgs withAfter(List<Resource> resources) {
        return toBuilder().after(resources).build();
    }

    /** The group of the nodes. */
    public NodeGroup group() {
        return nodes().get(0).group();
    }

    Map<String, String> labels() {
        return Labels.of(cluster());
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder platform(Platform value);

        abstract Builder cluster(String value);

        abstract Builder nodes(List<NodeSpec> value);

        abstract Builder context(NodeContext value);

        abstract Builder after(List<Resource> value);

        abstract List<NodeSpec> nodes();

        abstract List<Resource> after();

        abstract NodeArgs autoBuild();

        NodeArgs build() {
            nodes(List.copyOf(nodes())).after(List.copyOf(after()));
            if (nodes().stream().map(NodeSpec::group).distinct().count() != 1) {
                throw new IllegalArgumentException("nodes of one group are started together, and these are of "
                        + nodes().stream()
                                .map(node -> node.group().id())
                                .distinct()
                                .toList());
            }
            return autoBuild();
        }
    }
}
