package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.Map;

/**
 * The Spark master. The component is complete when the master's {@code /json/} page answers. See
 * <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>.
 */
public final class SparkMaster extends NodeGroupComponent {

    @Export(
            name = "host",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> host;

    /**
     * Registers a master.
     *
     * @param name name of the component
     * @param args one planned node with its image, network, volumes and secrets
     * @param options resource options
     */
    public SparkMaster(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, SparkMaster.class);
        this.host = node().name();
        registerOutputs(Map.of("host", host));
    }

    /** Registers a master that no other component contains. */
    public SparkMaster(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The running master. */
    public NodeHandle node() {
        return nodes().get(0);
    }

    /** The master's name on the platform. */
    public Output<String> host() {
        return host;
    }
}
