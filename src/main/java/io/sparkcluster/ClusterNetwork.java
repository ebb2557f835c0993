package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NetworkHandle;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.ResourceScope;
import java.util.Map;

/** A network in which the nodes of a cluster find each other by name, apart from everything else on the platform. */
public final class ClusterNetwork extends ComponentResource {

    private final NetworkHandle handle;

    @Export(
            name = "name",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> name;

    /**
     * Registers a network.
     *
     * @param name name of the component
     * @param args what to make
     * @param options the usual options
     */
    public ClusterNetwork(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(ClusterNetwork.class), name, ResourceArgs.Empty, options);
        this.handle = args.platform().network(ResourceScope.of(name, this, Labels.of(args.name())), args.name());
        this.name = handle.name();
        registerOutputs(Map.of("name", this.name));
    }

    /** Registers a network of its own, outside of any other component. */
    public ClusterNetwork(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** Its name on the platform. */
    public Output<String> name() {
        return name;
    }

    /** What nodes join. */
    public NetworkHandle handle() {
        return handle;
    }

    /**
     * What to make.
     *
     * @param platform where
     * @param name its name there; also the cluster that its labels name
     */
    public record Args(Platform platform, String name) {}
}
