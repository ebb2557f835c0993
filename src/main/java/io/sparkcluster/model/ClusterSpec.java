package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The description of a cluster: everything that a user chooses. What follows from it (host names, addresses, Spark
 * properties, executor sizes) is derived in {@code io.sparkcluster.plan}, where it can be read but not set.
 */
@AutoValue
public abstract class ClusterSpec {

    ClusterSpec() {}

    /** A cluster of that name with every default. */
    public static ClusterSpec of(String name) {
        return builder(name).build();
    }

    /** Starts a description; only the name is required. */
    public static Builder builder(String name) {
        return new AutoValue_ClusterSpec.Builder()
                .name(name)
                .clusterManager(ClusterManager.DEFAULT)
                .versions(Versions.DEFAULT)
                .images(ImagesSpec.DEFAULT)
                .python(PythonSpec.DEFAULT)
                .master(MasterSpec.DEFAULT)
                .workers(WorkerPool.DEFAULT)
                .edge(EdgeSpec.DEFAULT)
                .applications(ApplicationSpec.DEFAULT)
                .workspace(SharedVolumeSpec.DEFAULT)
                .history(HistorySpec.DEFAULT)
                .security(SecuritySpec.DEFAULT)
                .proxy(ProxySpec.DEFAULT)
                .sparkConf(Map.of())
                .secretSparkConf(new TreeSet<>())
                .smokeTest(true);
    }

    /**
     * Prefix of all names that the cluster gets on its platform, unique there: lower-case letters, digits and hyphens, a letter first, at most 40
     * characters.
     */
    public abstract String name();

    /** What gives applications their executors. Default: {@link ClusterManager#DEFAULT}. */
    public abstract ClusterManager clusterManager();

    /** Versions of Spark, Java and Python. Default: {@link Versions#DEFAULT}. */
    public abstract Versions versions();

    /** Sources of the images. Default: {@link ImagesSpec#DEFAULT}. */
    public abstract ImagesSpec images();

    /** Python packages that are built into the images. Default: {@link PythonSpec#DEFAULT}, none. */
    public abstract PythonSpec python();

    /** The master, where the cluster manager has one. Default: {@link MasterSpec#DEFAULT}. */
    public abstract MasterSpec master();

    /**
     * The workers or, with {@link ClusterManager#KUBERNETES}, the size of an executor and the most executors that all applications together may have.
     * Default: {@link WorkerPool#DEFAULT}.
     */
    public abstract WorkerPool workers();

    /** The edge node. Default: {@link EdgeSpec#DEFAULT}. */
    public abstract EdgeSpec edge();

    /** What an application gets by default. Default: {@link ApplicationSpec#DEFAULT}. */
    public abstract ApplicationSpec applications();

    /** The shared workspace. Default: {@link SharedVolumeSpec#DEFAULT}. */
    public abstract SharedVolumeSpec workspace();

    /** The history of applications. Default: {@link HistorySpec#DEFAULT}, none. */
    public abstract HistorySpec history();

    /** Secrets, encryption and publishing. Default: {@link SecuritySpec#DEFAULT}. */
    public abstract SecuritySpec security();

    /** The proxy through which nodes reach addresses outside the cluster. Default: {@link ProxySpec#DEFAULT}, none. */
    public abstract ProxySpec proxy();

    /**
     * Spark properties for applications, in addition to the derived ones. Properties that the library fixes, misspelt names, invalid values and
     * contradictions with the rest of the description are refused. Default: none.
     */
    public abstract Map<String, String> sparkConf();

    /**
     * Names of further Spark properties for applications, whose values are secret and not part of a description. {@code
     * SparkClusterArgs.Builder.secretSparkConf} takes names and values. Default: none.
     */
    public abstract SortedSet<String> secretSparkConf();

    /** Whether {@code up} ends with a small job on all workers. Default: true. */
    public abstract boolean smokeTest();

    /** The name of the workspace's volume: the existing one's, or {@code <name>-workspace}. If only the update knows it, {@code (named later)}. */
    public String workspaceName() {
        return workspace().namedLater()
                ? "(named later)"
                : workspace().existing().orElse(name() + "-workspace");
    }

    /** A builder that starts with this description. */
    public abstract Builder toBuilder();

    /** Collects a description. What is not set keeps its default; rules are checked when the cluster is planned. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        /** What gives applications their executors. Default: {@link ClusterManager#DEFAULT}. */
        public abstract Builder clusterManager(ClusterManager value);

        /** Versions of Spark, Java and Python. Default: {@link Versions#DEFAULT}. */
        public abstract Builder versions(Versions value);

        /** Sources of the images. Default: {@link ImagesSpec#DEFAULT}. */
        public abstract Builder images(ImagesSpec value);

        /** Python packages that are built into the images. Default: {@link PythonSpec#DEFAULT}, none. */
        public abstract Builder python(PythonSpec value);

        /** The master. Default: {@link MasterSpec#DEFAULT}. */
        public abstract Builder master(MasterSpec value);

        /** The workers. Default: {@link WorkerPool#DEFAULT}. */
        public abstract Builder workers(WorkerPool value);

        /** The edge node. Default: {@link EdgeSpec#DEFAULT}. */
        public abstract Builder edge(EdgeSpec value);

        /** What an application gets by default. Default: {@link ApplicationSpec#DEFAULT}. */
        public abstract Builder applications(ApplicationSpec value);

        /** The shared workspace. Default: {@link SharedVolumeSpec#DEFAULT}. */
        public abstract Builder workspace(SharedVolumeSpec value);

        /** The history of applications. Default: {@link HistorySpec#DEFAULT}, none. */
        public abstract Builder history(HistorySpec value);

        /** Secrets, encryption and publishing. Default: {@link SecuritySpec#DEFAULT}. */
        public abstract Builder security(SecuritySpec value);

        /** The proxy through which nodes reach addresses outside the cluster. Default: {@link ProxySpec#DEFAULT}, none. */
        public abstract Builder proxy(ProxySpec value);

        /** One more Spark property for applications. Default: none. */
        public Builder sparkConf(String property, String value) {
            var more = new TreeMap<>(sparkConf());
            more.put(property, value);
            return sparkConf(more);
        }

        /** The name of one more secret Spark property for applications; {@code SparkClusterArgs.Builder.secretSparkConf} takes its value. Default: none. */
        public Builder secretSparkConf(String property) {
            var more = new TreeSet<>(secretSparkConf());
            more.add(property);
            return secretSparkConf(more);
        }

        /** Whether {@code up} ends with a small job on all workers. Default: true. */
        public abstract Builder smokeTest(boolean value);

        /** Builds the description, without checking it. */
        public ClusterSpec build() {
            return sparkConf(Collections.unmodifiableMap(new TreeMap<>(sparkConf())))
                    .secretSparkConf(Collections.unmodifiableSortedSet(new TreeSet<>(secretSparkConf())))
                    .autoBuild();
        }

        abstract Builder name(String value);

        abstract Builder sparkConf(Map<String, String> value);

        abstract Builder secretSparkConf(SortedSet<String> value);

        abstract Map<String, String> sparkConf();

        abstract SortedSet<String> secretSparkConf();

        abstract ClusterSpec autoBuild();
    }
}
