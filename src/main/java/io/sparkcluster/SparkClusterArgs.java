package io.sparkcluster;

import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import java.util.function.Consumer;

/** What a {@link SparkCluster} is made from: where it runs, what it is, and how much is looked at before. */
public final class SparkClusterArgs extends ResourceArgs {

    private final Platform platform;
    private final ClusterSpec cluster;
    private final boolean preflight;
    private final String subject;
    private final Consumer<String> info;
    private final Consumer<String> warning;

    private SparkClusterArgs(Builder builder) {
        this.platform = builder.platform;
        this.cluster = builder.cluster;
        this.preflight = builder.preflight;
        this.subject = builder.subject;
        this.info = builder.info;
        this.warning = builder.warning;
    }

    /**
     * A cluster with every default.
     *
     * @param platform where it runs, for example {@code DockerPlatform.local()}
     * @param cluster what it is, for example {@code ClusterSpec.of("analytics")}
     */
    public SparkClusterArgs(Platform platform, ClusterSpec cluster) {
        this(builder(platform, cluster));
    }

    /**
     * Starts the arguments of a cluster.
     *
     * @param platform where it runs, for example {@code DockerPlatform.local()}
     * @param cluster what it is, for example {@code ClusterSpec.of("analytics")}
     */
    public static Builder builder(Platform platform, ClusterSpec cluster) {
        return new Builder(platform, cluster);
    }

    /** Where the cluster runs. */
    public Platform platform() {
        return platform;
    }

    /** What it is. */
    public ClusterSpec cluster() {
        return cluster;
    }

    /** Whether the platform is looked at before anything is registered. */
    public boolean preflight() {
        return preflight;
    }

    /** What a refusal calls what is to be made. */
    public String subject() {
        return subject;
    }

    void info(String message) {
        info.accept(message);
    }

    void warn(String message) {
        warning.accept(message);
    }

    /** Collects arguments; what is not set keeps its default. */
    public static final class Builder {
        private final Platform platform;
        private final ClusterSpec cluster;
        private boolean preflight = Ownership.engineRuns();
        private String subject;
        private Consumer<String> info = System.err::println;
        private Consumer<String> warning = message -> System.err.println("warning: " + message);

        private Builder(Platform platform, ClusterSpec cluster) {
            this.platform = platform;
            this.cluster = cluster;
            this.subject = "cluster \"" + cluster.name() + '"';
        }

        /**
         * Whether the platform is looked at before anything is registered: an engine that does not answer, a port or a name that somebody else has, machines that are
         * too small. Without it an update finds out in the middle. Default: true where a Pulumi engine runs the program, false in tests with mocks.
         */
        public Builder preflight(boolean value) {
            this.preflight = value;
            return this;
        }

        /** What a refusal calls what is to be made, for example {@code stack "dev"}. Default: the cluster with its name. */
        public Builder subject(String value) {
            this.subject = value;
            return this;
        }

        /**
         * Where words go that are no errors. Default: standard error.
         *
         * @param forInformation for example {@code context.log()::info}
         * @param forWarnings for example {@code context.log()::warn}
         */
        public Builder log(Consumer<String> forInformation, Consumer<String> forWarnings) {
            this.info = forInformation;
            this.warning = forWarnings;
            return this;
        }

        /** The arguments as they stand. */
        public SparkClusterArgs build() {
            return new SparkClusterArgs(this);
        }
    }
}
