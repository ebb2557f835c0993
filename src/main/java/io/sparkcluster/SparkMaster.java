package io.sparkcluster;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.ResourceScope;
import java.util.Map;

/**
 * The Spark master; complete when its {@code /json/} page answers. See
 * <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>.
 */
public final class SparkMaster extends ComponentResource {

    private final NodeHandle node;

    /**
     * Registers a master.
     *
     * @param name name of the component
     * @param args one planned node, and what it is put into
     * @param options the usual options
     */
    public SparkMaster(String name, NodeArgs args, ComponentResourceOptions options) {
        super(ComponentTypes.of(SparkMaster.class), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name + "-node", this, args.labels()).after(args.after());
        this.node = args.platform().node(scope, args.nodes().get(0), args.context());
        registerOutputs(Map.of("host", node.name()));
    }

    /** The running master. */
    public NodeHandle node() {
        return node;
    }
}
