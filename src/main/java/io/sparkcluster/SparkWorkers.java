package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.ResourceScope;
import java.util.List;
import java.util.Map;

/**
 * The Spark workers; complete when each is registered with the master. A worker that is stopped, because the pool shrinks or a setting
 * of it changes, hands its blocks over first. See <a
 * href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>.
 */
public final class SparkWorkers extends ComponentResource {

    private final List<NodeHandle> nodes;

    /**
     * Registers the workers.
     *
     * @param name name of the component; the nodes are called {@code <name>-1} and so on
     * @param args planned nodes, and what they are put into
     * @param options the usual options
     */
    public SparkWorkers(String name, NodeArgs args, ComponentResourceOptions options) {
        super(ComponentTypes.of(SparkWorkers.class), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name, this, args.labels()).after(args.after());
        this.nodes = List.copyOf(args.platform().workers(scope, args.nodes(), args.context(), args.autoscale()));
        registerOutputs(
                Map.of("hosts", Output.all(nodes.stream().map(NodeHandle::name).toList())));
    }

    /** The running workers. */
    public List<NodeHandle> nodes() {
        return nodes;
    }
}
