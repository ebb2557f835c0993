package io.sparkcluster.plan;

/** What a node does in the cluster. */
public enum Role {
    /** The Spark master. */
    MASTER("master", ImageRole.SPARK_MASTER),
    /** A Spark worker. */
    WORKER("worker", ImageRole.SPARK_WORKER),
    /** The edge node: JupyterLab, drivers, submitted jobs. */
    EDGE("edge", ImageRole.JUPYTERLAB),
    /** An executor in a pod of its own, which a driver asked for; no node of a plan. */
    EXECUTOR("executor", ImageRole.SPARK_WORKER),
    /** A driver in a pod of its own, of a job that was submitted in cluster mode; no node of a plan. */
    DRIVER("driver", ImageRole.SPARK_WORKER);

    private final String label;
    private final ImageRole image;

    Role(String label, ImageRole image) {
        this.label = label;
        this.image = image;
    }

    /** The role's word in names and labels. */
    public String label() {
        return label;
    }

    /** The image that nodes of this role run. */
    public ImageRole image() {
        return image;
    }
}
