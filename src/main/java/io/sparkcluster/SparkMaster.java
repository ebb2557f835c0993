package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.Map;

/**
 * The Spark master; complete when its {@code /json/} page answers. See
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
     * @param args one planned node, and what it is put into
     * @param options the usual options
     */
    public SparkMaster(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, SparkMaster.class);
        this.host = node().name();
        registerOutputs(Map.of("host", host));
    }

    /** Registers a master of its own, outside of any other component. */
    public SparkMaster(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The running master. */
    public NodeHandle node() {
        return nodes().get(0);
    }

    /** Its name on the platform. */
    public Output<String> host() {
        return host;
    }
}
