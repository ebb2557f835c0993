package io.sparkcluster.model;

/** Who gives an application its executors. */
public enum ClusterManager {
    /**
     * A Spark master with workers that stand as long as the cluster does. See <a
     * href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>.
     */
    STANDALONE("standalone"),
    /**
     * Kubernetes: no master and no workers; an application asks for pods, which come when it has work and go when it has none. Only on the
     * platform kubernetes. See <a href="https://spark.apache.org/docs/latest/running-on-kubernetes.html">Running Spark on Kubernetes</a>.
     */
    KUBERNETES("kubernetes");

    /** {@link #STANDALONE}. */
    public static final ClusterManager DEFAULT = STANDALONE;

    private final String label;

    ClusterManager(String label) {
        this.label = label;
    }

    /** The manager's word in configurations. */
    public String label() {
        return label;
    }
}
