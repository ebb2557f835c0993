package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.Map;

/**
 * The edge node, where people use the cluster: JupyterLab and, in its terminal, {@code spark-submit} and {@code pyspark}. Sessions run in
 * client mode, with their drivers on this node. The component is complete when JupyterLab answers.
 */
public final class EdgeNode extends NodeGroupComponent {

    @Export(
            name = "host",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> host;

    /**
     * Registers an edge node.
     *
     * @param name name of the component
     * @param args one planned node with its image, network, volumes and secrets
     * @param options resource options
     */
    public EdgeNode(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, EdgeNode.class);
        this.host = node().name();
        registerOutputs(Map.of("host", host));
    }

    /** Registers an edge node that no other component contains. */
    public EdgeNode(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The running edge node. */
    public NodeHandle node() {
        return nodes().get(0);
    }

    /** The edge node's name on the platform. */
    public Output<String> host() {
        return host;
    }
}
