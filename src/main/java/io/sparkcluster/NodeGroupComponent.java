package io.sparkcluster;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.ResourceScope;
import java.util.List;

/** A component with the nodes of one group. It is complete when all of them are ready. */
public abstract class NodeGroupComponent extends ComponentResource {

    private final List<NodeHandle> nodes;

    /** Starts the nodes. */
    NodeGroupComponent(
            String name, NodeArgs args, ComponentResourceOptions options, Class<? extends NodeGroupComponent> type) {
        super(ComponentTypes.of(type), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name, this, args.labels()).after(args.after());
        this.nodes = List.copyOf(args.platform().start(scope, args.group(), args.nodes(), args.context()));
    }

    /** The running nodes. */
    public List<NodeHandle> nodes() {
        return nodes;
    }
}
