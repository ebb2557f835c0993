package io.sparkcluster.plan;

/**
 * What a node does in the cluster. An open value: whoever plans a new kind of node makes one, and no platform asks which kinds there are.
 *
 * @param label the kind's word in names and labels, for example {@code worker}
 * @param section the section of a configuration that describes nodes of the kind, for example {@code workers}
 * @param image the image that they run
 */
public record NodeKind(String label, String section, ImageRole image) {

    /** The Spark master. */
    public static final NodeKind MASTER = new NodeKind("master", "master", ImageRole.SPARK_MASTER);

    /** A Spark worker. */
    public static final NodeKind WORKER = new NodeKind("worker", "workers", ImageRole.SPARK_WORKER);

    /** The history server, which shows applications that ended. */
    public static final NodeKind HISTORY = new NodeKind("history", "history", ImageRole.SPARK_HISTORY);

    /** The edge node: JupyterLab, drivers, submitted jobs. */
    public static final NodeKind EDGE = new NodeKind("edge", "edge", ImageRole.JUPYTERLAB);

    /** An executor in a pod of its own, which a driver asked for; no node of a plan. */
    public static final NodeKind EXECUTOR = new NodeKind("executor", "workers", ImageRole.SPARK_WORKER);

    /** A driver in a pod of its own, of a job that was submitted in cluster mode; no node of a plan. */
    public static final NodeKind DRIVER = new NodeKind("driver", "workers", ImageRole.SPARK_WORKER);
}
