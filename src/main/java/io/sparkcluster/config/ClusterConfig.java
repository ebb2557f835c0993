package io.sparkcluster.config;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster and what it runs on, as somebody described them in a tree of plain values:
 *
 * <pre>{@code
 * Map<String, ?> tree = Map.of("platform", "docker", "workers", Map.of("count", 3, "memory", "4g"));
 * var config = ClusterConfig.reader("analytics").read(tree);
 * new SparkCluster("spark", new SparkClusterArgs(config.platform(), config.cluster()));
 * }</pre>
 *
 * <p>Keys are those of the README's table, an object for each dot. A leaf is a {@link String}, a {@link Number}, a {@link Boolean} or a {@link SecretValue}; a text may hold what a
 * number or a truth value would say. Every key must be known and every value must be what its key takes.
 */
public final class ClusterConfig {

    private final ConfigParts parts;
    private final Platform platform;

    private ClusterConfig(ConfigParts parts, Platform platform) {
        this.parts = parts;
        this.platform = platform;
    }

    /**
     * Starts to read a tree.
     *
     * @param name the cluster's name where the tree has none, for example {@code spark-dev}
     */
    public static Reader reader(String name) {
        return new Reader(name);
    }

    /** Every key that there is, with dots. Below some, such as {@code sparkConf}, the user chooses further words. */
    public static Set<String> keys() {
        var values = ConfigValues.of(Map.of(), Wording.neutral());
        ConfigParts.read(values, "spark", Optional.empty(), Optional.empty());
        return values.known();
    }

    /** What the cluster is. */
    public ClusterSpec cluster() {
        return parts.cluster();
    }

    /** Where it runs. */
    public Platform platform() {
        return platform;
    }

    /** What was read, for tests. */
    ConfigParts parts() {
        return parts;
    }

    /** Reads trees; what is not set keeps its default. */
    public static final class Reader {
        private final String name;
        private String subject = "the configuration";
        private Wording wording = Wording.neutral();
        private Map<String, String> environment = System.getenv();
        private Optional<Path> caCertificates = Optional.empty();
        private Optional<String> imageLoader = Optional.empty();

        private Reader(String name) {
            this.name = name;
        }

        /** What a refusal calls the tree, for example {@code the configuration of stack "dev"}. Default: the configuration. */
        public Reader subject(String value) {
            this.subject = value;
            return this;
        }

        /** How messages say what the reader can do. Default: as for a program in Java. */
        public Reader wording(Wording value) {
            this.wording = value;
            return this;
        }

        /** Variables that may name an engine's address, proxies and indexes of packages. Default: those of this process. */
        public Reader environment(Map<String, String> value) {
            this.environment = Map.copyOf(value);
            return this;
        }

        /** A file of certificate authorities that images trust where the tree names none. Default: none. */
        public Reader caCertificates(Path value) {
            this.caCertificates = Optional.of(value);
            return this;
        }

        /** A command that gets names of images and brings them to the nodes of a Kubernetes cluster, in the place of Minikube's. Default: none. */
        public Reader imageLoader(String value) {
            this.imageLoader = Optional.of(value);
            return this;
        }

        /**
         * Reads a tree.
         *
         * @param tree objects are maps with texts as keys
         * @throws InvalidClusterException with every key that is unknown, every value that cannot be read and, if there is one of these, every other problem of the description
         */
        public ClusterConfig read(Map<String, ?> tree) {
            var values = ConfigValues.of(tree, wording);
            var parts = ConfigParts.read(values, name, caCertificates, imageLoader);
            var problems = new ArrayList<>(values.problems());
            if (!problems.isEmpty()) {
                // Values that could not be read stand at their defaults here; what else is wrong is worth knowing at
                // once.
                problems.addAll(ClusterPlan.problems(parts.cluster()));
                throw new InvalidClusterException(subject, problems);
            }
            return new ClusterConfig(parts, parts.platform(environment));
        }
    }
}
