package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.List;
import java.util.Map;

/**
 * Equal Spark workers; complete when each is registered with the master. A worker that is stopped, because there are to be fewer or a setting
 * of theirs changes, hands its blocks over first. See <a
 * href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>.
 */
public final class SparkWorkers extends NodeGroupComponent {

    @Export(
            name = "hosts",
            refs = {List.class, String.class},
            tree = "[0,1]")
    private final Output<List<String>> hosts;

    /**
     * Registers the workers.
     *
     * @param name name of the component; the nodes are called {@code <name>-1} and so on
     * @param args planned nodes, and what they are put into
     * @param options the usual options
     */
    public SparkWorkers(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, SparkWorkers.class);
        this.hosts = Output.all(nodes().stream().map(NodeHandle::name).toList());
        registerOutputs(Map.of("hosts", hosts));
    }

    /** Registers workers of their own, outside of any other component. */
    public SparkWorkers(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** Their names on the platform. */
    public Output<List<String>> hosts() {
        return hosts;
    }
}
