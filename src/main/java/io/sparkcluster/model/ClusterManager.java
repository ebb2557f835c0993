package io.sparkcluster.model;

/** What gives an application its executors. */
public enum ClusterManager {
    /**
     * A Spark master with workers, which run as long as the cluster exists. See <a
     * href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>.
     */
    STANDALONE("standalone"),
    /**
     * Kubernetes itself, without a master or workers. An application requests executor pods, which start when it has work and stop when it has none. Only on
     * the platform kubernetes. See <a href="https://spark.apache.org/docs/latest/running-on-kubernetes.html">Running Spark on Kubernetes</a>.
     */
    KUBERNETES("kubernetes");

    /** {@link #STANDALONE}. */
    public static final ClusterManager DEFAULT = STANDALONE;

    private final String label;

    ClusterManager(String label) {
        this.label = label;
    }

    /** The manager's name in configurations. */
    public String label() {
        return label;
    }
}
