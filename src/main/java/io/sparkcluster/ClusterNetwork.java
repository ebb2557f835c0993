package io.sparkcluster;

import com.google.auto.value.AutoValue;
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

/** A network in which the nodes of a cluster find each other by name, separate from everything else on the platform. */
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
     * @param args where to create the network, and its name there
     * @param options resource options
     */
    public ClusterNetwork(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(ClusterNetwork.class), name, ResourceArgs.Empty, options);
        this.handle = args.platform().network(ResourceScope.of(name, this, Labels.of(args.name())), args.name());
        this.name = handle.name();
        registerOutputs(Map.of("name", this.name));
    }

    /** Registers a network that no other component contains. */
    public ClusterNetwork(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The network's name on the platform. */
    public Output<String> name() {
        return name;
    }

    /** The handle with which nodes join the network. */
    public NetworkHandle handle() {
        return handle;
    }

    /** Arguments of a network. */
    @AutoValue
    public abstract static class Args {

        Args() {}

        /**
         * Arguments of a network.
         *
         * @param platform the platform to create it on
         * @param name its name there, and the cluster's name in its labels
         */
        public static Args of(Platform platform, String name) {
            return new AutoValue_ClusterNetwork_Args.Builder()
                    .platform(platform)
                    .name(name)
                    .build();
        }

        /** The platform to create it on. */
        public abstract Platform platform();

        /** Its name there, and the cluster's name in its labels. */
        public abstract String name();

        /** A builder that starts with these values. */
        abstract Builder toBuilder();

        @AutoValue.Builder
        abstract static class Builder {

            Builder() {}

            abstract Builder platform(Platform value);

            abstract Builder name(String value);

            abstract Args build();
        }
    }
}
