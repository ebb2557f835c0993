package io.sparkcluster.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a user says about a cluster. What follows from it (host names, addresses, Spark properties, sizes of
 * executors) is derived in {@code io.sparkcluster.plan} and can be looked at, but not set, there.
 *
 * @param name prefix of all names that the cluster gets on its platform, unique there; a lower-case DNS label
 * @param clusterManager who gives applications their executors. Default: {@link ClusterManager#DEFAULT}
 * @param versions versions of Spark, Java and Python
 * @param images sources of the images
 * @param master the master, where the cluster manager has one
 * @param workers the workers; where executors are pods instead, how many of them all applications together may have, and how large each is
 * @param edge the edge node
 * @param applications what an application gets by default
 * @param workspace the shared workspace
 * @param history the history of applications
 * @param security secrets, encryption and publishing
 * @param proxy the proxy through which nodes reach what lies outside
 * @param sparkConf Spark properties for applications, on top of the derived ones. Refused are those that the library fixes, values and names that
 *     the release does not know, and what contradicts the rest of the description
 * @param secretSparkConf names of further Spark properties for applications, whose values are secret and no part of a description. {@code
 *     SparkClusterArgs.Builder.secretSparkConf} takes names and values
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

    /** Keeps the properties in one order, so that equal descriptions give equal plans. */
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

    /** This description as a starting point for another one. */
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

        /** Who gives applications their executors. Default: {@link ClusterManager#DEFAULT}. */
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

        /** The proxy through which nodes reach what lies outside. Default: {@link ProxySpec#DEFAULT}, none. */
        public Builder proxy(ProxySpec value) {
            this.proxy = value;
            return this;
        }

        /** One more Spark property for applications. Default: none. */
        public Builder sparkConf(String property, String value) {
            this.sparkConf.put(property, value);
            return this;
        }

        /** The name of one more Spark property for applications whose value is secret; the value goes beside the description. Default: none. */
        public Builder secretSparkConf(String property) {
            this.secretSparkConf.add(property);
            return this;
        }

        /** Whether {@code up} ends with a small job on all workers. Default: true. */
        public Builder smokeTest(boolean value) {
            this.smokeTest = value;
            return this;
        }

        /** The description as it stands. */
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

    /** The name of the workspace's volume: the user's, or one made of the cluster's name. One that only the update knows is said to be so. */
    public String workspaceName() {
        return workspace.namedLater() ? "(named later)" : workspace.existing().orElse(name + "-workspace");
    }
}
