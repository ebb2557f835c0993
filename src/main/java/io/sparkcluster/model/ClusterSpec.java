package io.sparkcluster.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The description of a cluster: everything that a user chooses. What follows from it (host names, addresses, Spark
 * properties, executor sizes) is derived in {@code io.sparkcluster.plan}, where it can be read but not set.
 *
 * @param name prefix of all names that the cluster gets on its platform, unique there: lower-case letters, digits and hyphens, a letter
 *     first, at most 40 characters
 * @param clusterManager what gives applications their executors. Default: {@link ClusterManager#DEFAULT}
 * @param versions versions of Spark, Java and Python. Default: {@link Versions#DEFAULT}
 * @param images sources of the images. Default: {@link ImagesSpec#DEFAULT}
 * @param master the master, where the cluster manager has one. Default: {@link MasterSpec#DEFAULT}
 * @param workers the workers or, with {@link ClusterManager#KUBERNETES}, the size of an executor and the most executors that all applications
 *     together may have. Default: {@link WorkerPool#DEFAULT}
 * @param edge the edge node. Default: {@link EdgeSpec#DEFAULT}
 * @param applications what an application gets by default. Default: {@link ApplicationSpec#DEFAULT}
 * @param workspace the shared workspace. Default: {@link SharedVolumeSpec#DEFAULT}
 * @param history the history of applications. Default: {@link HistorySpec#DEFAULT}, none
 * @param security secrets, encryption and publishing. Default: {@link SecuritySpec#DEFAULT}
 * @param proxy the proxy through which nodes reach addresses outside the cluster. Default: {@link ProxySpec#DEFAULT}, none
 * @param sparkConf Spark properties for applications, in addition to the derived ones. Properties that the library fixes, misspelt names,
 *     invalid values and contradictions with the rest of the description are refused. Default: none
 * @param secretSparkConf names of further Spark properties for applications, whose values are secret and not part of a description. {@code
 *     SparkClusterArgs.Builder.secretSparkConf} takes names and values. Default: none
 * @param smokeTest whether {@code up} ends with a small job on all workers. Default: true
 */
public record ClusterSpec(
        String name,
        ClusterManager clusterManager,
        Versions versions,
        ImagesSpec images,
        MasterSpec master,
        WorkerPool workers,
        EdgeSpec edge,
        ApplicationSpec applications,
        SharedVolumeSpec workspace,
        HistorySpec history,
        SecuritySpec security,
        ProxySpec proxy,
        Map<String, String> sparkConf,
        SortedSet<String> secretSparkConf,
        boolean smokeTest) {

    /** Sorts the properties, so that equal descriptions give equal plans. */
    public ClusterSpec {
        sparkConf = Collections.unmodifiableMap(new TreeMap<>(sparkConf));
        secretSparkConf = Collections.unmodifiableSortedSet(new TreeSet<>(secretSparkConf));
    }

    /** A cluster of that name with every default. */
    public static ClusterSpec of(String name) {
        return builder(name).build();
    }

    /** Starts a description; only the name is required. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** A builder that starts with this description. */
    public Builder toBuilder() {
        var builder = new Builder(name)
                .clusterManager(clusterManager)
                .versions(versions)
                .images(images)
                .master(master)
                .workers(workers)
                .edge(edge)
                .applications(applications)
                .workspace(workspace)
                .history(history)
                .security(security)
                .proxy(proxy)
                .smokeTest(smokeTest);
        sparkConf.forEach(builder::sparkConf);
        secretSparkConf.forEach(builder::secretSparkConf);
        return builder;
    }

    /** Collects a description. What is not set keeps its default; rules are checked when the cluster is planned. */
    public static final class Builder {
        private final String name;
        private ClusterManager clusterManager = ClusterManager.DEFAULT;
        private Versions versions = Versions.DEFAULT;
        private ImagesSpec images = ImagesSpec.DEFAULT;
        private MasterSpec master = MasterSpec.DEFAULT;
        private WorkerPool workers = WorkerPool.DEFAULT;
        private EdgeSpec edge = EdgeSpec.DEFAULT;
        private ApplicationSpec applications = ApplicationSpec.DEFAULT;
        private SharedVolumeSpec workspace = SharedVolumeSpec.DEFAULT;
        private HistorySpec history = HistorySpec.DEFAULT;
        private SecuritySpec security = SecuritySpec.DEFAULT;
        private ProxySpec proxy = ProxySpec.DEFAULT;
        private final Map<String, String> sparkConf = new TreeMap<>();
        private final SortedSet<String> secretSparkConf = new TreeSet<>();
        private boolean smokeTest = true;

        private Builder(String name) {
            this.name = name;
        }

        /** What gives applications their executors. Default: {@link ClusterManager#DEFAULT}. */
        public Builder clusterManager(ClusterManager value) {
            this.clusterManager = value;
            return this;
        }

        /** Versions of Spark, Java and Python. Default: {@link Versions#DEFAULT}. */
        public Builder versions(Versions value) {
            this.versions = value;
            return this;
        }

        /** Sources of the images. Default: {@link ImagesSpec#DEFAULT}. */
        public Builder images(ImagesSpec value) {
            this.images = value;
            return this;
        }

        /** The master. Default: {@link MasterSpec#DEFAULT}. */
        public Builder master(MasterSpec value) {
            this.master = value;
            return this;
        }

        /** The workers. Default: {@link WorkerPool#DEFAULT}. */
        public Builder workers(WorkerPool value) {
            this.workers = value;
            return this;
        }

        /** The edge node. Default: {@link EdgeSpec#DEFAULT}. */
        public Builder edge(EdgeSpec value) {
            this.edge = value;
            return this;
        }

        /** What an application gets by default. Default: {@link ApplicationSpec#DEFAULT}. */
        public Builder applications(ApplicationSpec value) {
            this.applications = value;
            return this;
        }

        /** The shared workspace. Default: {@link SharedVolumeSpec#DEFAULT}. */
        public Builder workspace(SharedVolumeSpec value) {
            this.workspace = value;
            return this;
        }

        /** The history of applications. Default: {@link HistorySpec#DEFAULT}, none. */
        public Builder history(HistorySpec value) {
            this.history = value;
            return this;
        }

        /** Secrets, encryption and publishing. Default: {@link SecuritySpec#DEFAULT}. */
        public Builder security(SecuritySpec value) {
            this.security = value;
            return this;
        }

        /** The proxy through which nodes reach addresses outside the cluster. Default: {@link ProxySpec#DEFAULT}, none. */
        public Builder proxy(ProxySpec value) {
            this.proxy = value;
            return this;
        }

        /** One more Spark property for applications. Default: none. */
        public Builder sparkConf(String property, String value) {
            this.sparkConf.put(property, value);
            return this;
        }

        /** The name of one more secret Spark property for applications; {@code SparkClusterArgs.Builder.secretSparkConf} takes its value. Default: none. */
        public Builder secretSparkConf(String property) {
            this.secretSparkConf.add(property);
            return this;
        }

        /** Whether {@code up} ends with a small job on all workers. Default: true. */
        public Builder smokeTest(boolean value) {
            this.smokeTest = value;
            return this;
        }

        /** Builds the description, without checking it. */
        public ClusterSpec build() {
            return new ClusterSpec(
                    name,
                    clusterManager,
                    versions,
                    images,
                    master,
                    workers,
                    edge,
                    applications,
                    workspace,
                    history,
                    security,
                    proxy,
                    sparkConf,
                    secretSparkConf,
                    smokeTest);
        }
    }

    /** The name of the workspace's volume: the existing one's, or {@code <name>-workspace}. If only the update knows it, {@code (named later)}. */
    public String workspaceName() {
        return workspace.namedLater() ? "(named later)" : workspace.existing().orElse(name + "-workspace");
    }
}
