package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.platform.NodeHandle;
import java.util.List;
import java.util.Map;

/**
 * Equal Spark workers. The component is complete when every worker is registered with the master. A worker that is removed or replaced hands
 * its blocks over to the others first. See <a
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
     * @param name name of the component; the names of its resources start with it
     * @param args planned nodes with their image, network, volumes and secrets
     * @param options resource options
     */
    public SparkWorkers(String name, NodeArgs args, ComponentResourceOptions options) {
        super(name, args, options, SparkWorkers.class);
        this.hosts = Output.all(nodes().stream().map(NodeHandle::name).toList());
        registerOutputs(Map.of("hosts", hosts));
    }

    /** Registers workers that no other component contains. */
    public SparkWorkers(String name, NodeArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The workers' names on the platform. */
    public Output<List<String>> hosts() {
        return hosts;
    }
}
