package io.sparkcluster.plan;

/**
 * What a node does in the cluster. The set of kinds is open: a planner defines a new kind, and no platform asks which kinds there are.
 *
 * @param label the kind's part of names and labels, for example {@code worker}
 * @param section the section of a configuration that describes nodes of the kind, for example {@code workers}
 * @param image the image that they run
 */
public record NodeKind(String label, String section, ImageRole image) {

    /** The Spark master. */
    public static final NodeKind MASTER = new NodeKind("master", "master", ImageRole.SPARK_MASTER);

    /** A Spark worker. */
    public static final NodeKind WORKER = new NodeKind("worker", "workers", ImageRole.SPARK_WORKER);

    /** The history server, which shows finished applications. */
    public static final NodeKind HISTORY = new NodeKind("history", "history", ImageRole.SPARK_HISTORY);

    /** The edge node: JupyterLab, drivers, submitted jobs. */
    public static final NodeKind EDGE = new NodeKind("edge", "edge", ImageRole.JUPYTERLAB);

    /** An executor in a separate pod, which a driver requests; not a node of a plan. */
    public static final NodeKind EXECUTOR = new NodeKind("executor", "workers", ImageRole.SPARK_WORKER);

    /** The driver of a job in cluster mode, in a separate pod; not a node of a plan. */
    public static final NodeKind DRIVER = new NodeKind("driver", "workers", ImageRole.SPARK_WORKER);
}
