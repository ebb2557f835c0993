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
 * A cluster and its platform, read from a tree of plain values:
 *
 * <pre>{@code
 * Map<String, ?> tree = Map.of("platform", "docker", "workers", Map.of("count", 3, "memory", "4g"));
 * var config = ClusterConfig.reader("analytics").read(tree);
 * new SparkCluster("spark", new SparkClusterArgs(config.platform(), config.cluster()));
 * }</pre>
 *
 * <p>The keys are those of the README's tables, with a nested map for each dot. A leaf is a {@link String}, a {@link Number}, a {@link Boolean} or a
 * {@link SecretValue}; a string may also hold a number, or {@code true} or {@code false}. Unknown keys, and values that their keys do not take, are refused.
 */
public final class ClusterConfig {

    private final ConfigParts parts;
    private final Platform platform;

    private ClusterConfig(ConfigParts parts, Platform platform) {
        this.parts = parts;
        this.platform = platform;
    }

    /**
     * A reader of trees.
     *
     * @param name the cluster's name if the tree has none, for example {@code spark-dev}
     */
    public static Reader reader(String name) {
        return new Reader(name);
    }

    /** Every key, written with dots. Below some, such as {@code sparkConf}, users choose further names. */
    public static Set<String> keys() {
        var values = ConfigValues.of(Map.of(), Wording.neutral());
        ConfigParts.read(values, "spark", Optional.empty(), Optional.empty());
        return values.known();
    }

    /** The description of the cluster. */
    public ClusterSpec cluster() {
        return parts.cluster();
    }

    /** The platform that the cluster runs on. */
    public Platform platform() {
        return platform;
    }

    /** Everything that was read, for tests. */
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

        /** What error messages call the tree, for example {@code the configuration of stack "dev"}. Default: {@code the configuration}. */
        public Reader subject(String value) {
            this.subject = value;
            return this;
        }

        /** How messages word what the reader can do. Default: {@link Wording#neutral}. */
        public Reader wording(Wording value) {
            this.wording = value;
            return this;
        }

        /** Environment variables, which may name the engine's address, proxies and package indexes. Default: those of this process. */
        public Reader environment(Map<String, String> value) {
            this.environment = Map.copyOf(value);
            return this;
        }

        /** A PEM file of certificate authorities that builds and images trust if the tree names none. Default: none. */
        public Reader caCertificates(Path value) {
            this.caCertificates = Optional.of(value);
            return this;
        }

        /** A command that loads the images in its arguments into the nodes of a Kubernetes cluster, in place of Minikube's. Default: none. */
        public Reader imageLoader(String value) {
            this.imageLoader = Optional.of(value);
            return this;
        }

        /**
         * Reads a tree.
         *
         * @param tree nested maps with strings as keys
         * @throws InvalidClusterException if a key is unknown or a value cannot be read: with all of these, and with every other problem of the description
         */
        public ClusterConfig read(Map<String, ?> tree) {
            var values = ConfigValues.of(tree, wording);
            var parts = ConfigParts.read(values, name, caCertificates, imageLoader);
            var problems = new ArrayList<>(values.problems());
            if (!problems.isEmpty()) {
                // Unreadable values have their defaults here, so that all other problems can be reported too.
                problems.addAll(ClusterPlan.problems(parts.cluster()));
                throw new InvalidClusterException(subject, problems);
            }
            return new ClusterConfig(parts, parts.platform(environment));
        }
    }
}
