package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.SparkDefaults;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Arguments of a {@link SparkCluster}: where it runs, what it is, and how it is checked before anything is registered. */
public final class SparkClusterArgs extends ResourceArgs {

    private final Platform platform;
    private final ClusterSpec cluster;
    private final boolean preflight;
    private final String subject;
    private final Wording wording;
    private final Consumer<String> info;
    private final Consumer<String> warning;

    private final Map<ImageRole, Output<String>> images;
    private final Optional<Output<String>> workspace;
    private final Optional<Output<String>> jupyterToken;
    private final SortedMap<String, Output<String>> secretSparkConf;

    private SparkClusterArgs(Builder builder) {
        this.platform = builder.platform;
        this.cluster = builder.described();
        this.images = Map.copyOf(builder.images);
        this.workspace = builder.workspace;
        this.jupyterToken = builder.jupyterToken;
        this.secretSparkConf = Collections.unmodifiableSortedMap(new TreeMap<>(builder.secretSparkConf));
        this.preflight = builder.preflight;
        this.subject = builder.subject;
        this.wording = builder.wording;
        this.info = builder.info;
        this.warning = builder.warning;
    }

    /**
     * Arguments with every default.
     *
     * @param platform where it runs, for example {@code DockerPlatform.local()}
     * @param cluster what it is, for example {@code ClusterSpec.of("analytics")}
     * @throws IllegalArgumentException as {@link Builder#build} does
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

    /** What the cluster is. What the builder was given as an output is marked as named later. */
    public ClusterSpec cluster() {
        return cluster;
    }

    /** Whether the platform is checked before anything is registered. */
    public boolean preflight() {
        return preflight;
    }

    /** What error messages call the cluster, for example {@code stack "dev"}. */
    public String subject() {
        return subject;
    }

    /** References of images that are outputs of other resources. */
    Map<ImageRole, Output<String>> images() {
        return images;
    }

    /** The name of the workspace's volume, if it is the output of another resource. */
    Optional<Output<String>> workspace() {
        return workspace;
    }

    /** The values of secrets that are given rather than generated. */
    Map<SecretSpec, Output<String>> secrets() {
        var given = new HashMap<SecretSpec, Output<String>>();
        jupyterToken.ifPresent(token -> given.put(SecretSpec.JUPYTER_TOKEN, token));
        if (!secretSparkConf.isEmpty()) {
            given.put(SecretSpec.SPARK_PROPERTIES, sparkProperties());
        }
        return given;
    }

    private Output<String> sparkProperties() {
        var names = List.copyOf(secretSparkConf.keySet());
        return Output.all(List.copyOf(secretSparkConf.values()))
                .applyValue(values -> {
                    var properties = new TreeMap<String, String>();
                    for (int i = 0; i < names.size(); i++) {
                        String name = names.get(i);
                        properties.put(
                                name,
                                Optional.ofNullable(values.get(i))
                                        .orElseThrow(() -> new IllegalArgumentException("secretSparkConf: " + name
                                                + " has an output without a value. Give it one, or remove it")));
                    }
                    return SparkDefaults.text(properties);
                })
                .asSecret();
    }

    /** How messages word what the reader can do. */
    public Wording wording() {
        return wording;
    }

    void info(String message) {
        info.accept(message);
    }

    void warn(String message) {
        warning.accept(message);
    }

    /** Collects arguments; what is not set keeps its default. */
    public static final class Builder {
        private static final Pattern BLANK = Pattern.compile("\\s");

        private final Platform platform;
        private final ClusterSpec cluster;
        private ImagesSpec sources;
        private final Map<ImageRole, Output<String>> images = new EnumMap<>(ImageRole.class);
        private Optional<Output<String>> workspace = Optional.empty();
        private Optional<Output<String>> jupyterToken = Optional.empty();
        private final Map<String, Output<String>> secretSparkConf = new TreeMap<>();
        private boolean preflight = Ownership.engineRuns();
        private String subject;
        private Wording wording = Wording.neutral();
        private Consumer<String> info = System.err::println;
        private Consumer<String> warning = message -> System.err.println("warning: " + message);

        private Builder(Platform platform, ClusterSpec cluster) {
            this.platform = platform;
            this.cluster = cluster;
            this.sources = cluster.images();
            this.subject = "cluster \"" + cluster.name() + '"';
        }

        /**
         * Whether the platform is checked before anything is registered: whether the engine answers, ports and names are free, machines are large enough.
         * Without these checks an update may fail halfway. Default: true where a Pulumi engine runs the program, false elsewhere, as in tests with mocks.
         */
        public Builder preflight(boolean value) {
            this.preflight = value;
            return this;
        }

        /** What error messages call the cluster, for example {@code stack "dev"}. Default: {@code cluster}, and its name in quotation marks. */
        public Builder subject(String value) {
            this.subject = value;
            return this;
        }

        /** How messages word what the reader can do. Default: {@link Wording#neutral}. */
        public Builder wording(Wording value) {
            this.wording = value;
            return this;
        }

        /**
         * Where information and warnings go. Default: standard error.
         *
         * @param forInformation for example {@code context.log()::info}
         * @param forWarnings for example {@code context.log()::warn}
         */
        public Builder log(Consumer<String> forInformation, Consumer<String> forWarnings) {
            this.info = forInformation;
            this.warning = forWarnings;
            return this;
        }

        /**
         * An image that nodes run, whose reference is the output of another resource. It replaces the image in the description. Its content is not checked
         * before the update. Default: the image in the description.
         *
         * @param role which image; {@code BASE} and {@code SPARK_BASE}, on which others are built, can only be named in the description
         * @param reference for example {@code registry.example.org/team/spark-worker:4.2.1}; the image must keep the contract in {@code images/README.md}
         * @throws IllegalArgumentException when other images are built on this one
         */
        public Builder image(ImageRole role, Output<String> reference) {
            this.sources = namedLater(sources, role);
            this.images.put(role, reference);
            return this;
        }

        /**
         * An existing volume as the workspace, whose name is the output of another resource. The volume is never changed or removed. It replaces the
         * workspace in the description. Default: the workspace in the description.
         */
        public Builder workspace(Output<String> volume) {
            this.workspace = Optional.of(volume);
            return this;
        }

        /**
         * The token that JupyterLab asks for: one line without blanks; with another value the update fails. A new token restarts JupyterLab. Default: a token
         * that is generated once.
         *
         * @param token treated as a secret, marked or not
         */
        public Builder jupyterToken(Output<String> token) {
            this.jupyterToken = Optional.of(token.applyValue(Builder::token).asSecret());
            return this;
        }

        private static String token(String text) {
            return Optional.ofNullable(text)
                    .filter(token -> !token.isEmpty() && !BLANK.matcher(token).find())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "jupyterToken: the value is empty, or has a blank or a line break, with which nobody could log"
                                    + " in. Give one line without blanks"));
        }

        /**
         * Spark properties for applications whose values are secret, such as {@code spark.hadoop.fs.s3a.secret.key}. Drivers on the edge node read them from
         * a file that only the cluster's user may read; executors get them from their driver. Spark's pages and event logs hide the values. Properties that
         * Spark itself would write into arguments or variables of processes are refused. Needs {@link io.sparkcluster.model.ClusterManager#STANDALONE}.
         * Default: none.
         *
         * @param properties values by names; treated as secrets, marked or not
         */
        public Builder secretSparkConf(Map<String, Output<String>> properties) {
            this.secretSparkConf.putAll(properties);
            return this;
        }

        private ClusterSpec described() {
            var described = cluster.toBuilder();
            described.images(sources);
            secretSparkConf.keySet().forEach(described::secretSparkConf);
            if (workspace.isPresent()) {
                described.workspace(SharedVolumeSpec.existingNamedLater());
            }
            return complete(described.build());
        }

        /** Refuses a description that leaves a name or a value to an output which the builder was not given. */
        private ClusterSpec complete(ClusterSpec described) {
            if (described.workspace().namedLater() && workspace.isEmpty()) {
                throw new IllegalArgumentException(
                        "workspace: the description says that its volume is named later, and no output names it. Call"
                                + " workspace(output) of the builder, or name the volume");
            }
            described.secretSparkConf().stream()
                    .filter(name -> !secretSparkConf.containsKey(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException("secretSparkConf: " + name
                                + " has no value. Call secretSparkConf of the builder with it, or remove it");
                    });
            return described;
        }

        private static ImagesSpec namedLater(ImagesSpec images, ImageRole role) {
            var later = ImageSource.namedLater();
            return switch (role) {
                case SPARK_MASTER -> images.withNodeImages(later, images.sparkWorker(), images.jupyterLab());
                case SPARK_WORKER -> images.withNodeImages(images.sparkMaster(), later, images.jupyterLab());
                case SPARK_HISTORY -> images.withHistoryImage(later);
                case JUPYTERLAB -> images.withNodeImages(images.sparkMaster(), images.sparkWorker(), later);
                case BASE, SPARK_BASE ->
                    throw new IllegalArgumentException(role.field()
                            + " is given as an output: the names of images that are built on it follow from its reference,"
                            + " which must be known before the update. Name it in the description (ImagesSpec), or give"
                            + " the images that nodes run as outputs");
            };
        }

        /**
         * Builds the arguments.
         *
         * @throws IllegalArgumentException when the description says that the workspace is named later, or names a secret Spark property, and the builder was
         *     given no output for it
         */
        public SparkClusterArgs build() {
            return new SparkClusterArgs(this);
        }
    }
}
