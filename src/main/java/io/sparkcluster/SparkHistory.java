package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.Map;

/**
 * The history server. It reads the event logs that drivers wrote, and needs no running master. The component is complete when the server's page answers. See <a
 * href="https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact">Viewing After the Fact</a>.
 */
public final class SparkHistory extends NodeGroupComponent {

    @Export(
            name = "host",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> host;

    /**
     * Registers a history server.
     *
     * @param name name of the component
     * @param args one planned node with its image, network, volumes and secrets
     * @param options resource options
     */
    public SparkHistory(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, SparkHistory.class);
        this.host = node().name();
        registerOutputs(Map.of("host", host));
    }

    /** Registers a history server that no other component contains. */
    public SparkHistory(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The running history server. */
    public NodeHandle node() {
        return nodes().get(0);
    }

    /** The history server's name on the platform. */
    public Output<String> host() {
        return host;
    }
}
