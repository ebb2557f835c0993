package io.sparkcluster;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.ResourceScope;
import java.util.Map;

/**
 * The edge node, from which people use the cluster: JupyterLab, and in its terminal {@code spark-submit} and {@code pyspark}. Sessions run
 * in client mode with the driver on this node. Complete when JupyterLab answers.
 */
public final class EdgeNode extends ComponentResource {

    private final NodeHandle node;

    /**
     * Registers an edge node.
     *
     * @param name name of the component
     * @param args one planned node, and what it is put into
     * @param options the usual options
     */
    public EdgeNode(String name, NodeArgs args, ComponentResourceOptions options) {
        super(ComponentTypes.of(EdgeNode.class), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name + "-node", this, args.labels()).after(args.after());
        this.node = args.platform().node(scope, args.nodes().get(0), args.context());
        registerOutputs(Map.of("host", node.name()));
    }

    /** The running edge node. */
    public NodeHandle node() {
        return node;
    }
}
