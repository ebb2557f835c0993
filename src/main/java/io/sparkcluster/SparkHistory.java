package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.Map;

/**
 * The history server; complete when its page answers. It reads what drivers wrote and needs no running master. See <a
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
     * @param args one planned node, and what it is put into
     * @param options the usual options
     */
    public SparkHistory(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, SparkHistory.class);
        this.host = node().name();
        registerOutputs(Map.of("host", host));
    }

    /** Registers a history server of its own, outside of any other component. */
    public SparkHistory(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The running history server. */
    public NodeHandle node() {
        return nodes().get(0);
    }

    /** Its name on the platform. */
    public Output<String> host() {
        return host;
    }
}
