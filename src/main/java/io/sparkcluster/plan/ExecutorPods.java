package io.sparkcluster.plan;

import java.util.List;
import java.util.SortedMap;

/**
 * Pods that Spark on a node asks the platform for while it runs. Spark's properties on that node name the files and the variables here; the platform
 * provides both, and gives the node the rights that Spark needs.
 *
 * @param folder where the node finds a file for each template
 * @param executor what an executor is made from
 * @param driver what the driver of a job in cluster mode is made from
 * @param executorLimits what an executor may use at most
 * @param most how many executors all applications together may have
 */
public record ExecutorPods(String folder, Template executor, Template driver, ResourceLimits executorLimits, int most) {

    /** Variable with the image of executors and of drivers in cluster mode; known only when it was built. */
    public static final String IMAGE = "SPARK_POD_IMAGE";

    /** Variable with the rule by which nodes of the platform get that image. */
    public static final String PULL_POLICY = "SPARK_POD_IMAGE_PULL_POLICY";

    /** Variable with the CPU that the platform reserves for an executor. */
    public static final String EXECUTOR_CPU = "SPARK_EXECUTOR_CPU_REQUEST";

    /** Variable with the CPU that the platform reserves for a driver in cluster mode. */
    public static final String DRIVER_CPU = "SPARK_DRIVER_CPU_REQUEST";

    /** Variable with the name space in which pods are made. */
    public static final String NAMESPACE = "SPARK_POD_NAMESPACE";

    /** Variable with the name of the pod itself. */
    public static final String POD_NAME = "POD_NAME";

    /** How a Spark property takes its value from a variable. */
    static String from(String variable) {
        return "${env:" + variable + "}";
    }

    /** The name of a template's file in the folder. */
    public static String fileName(NodeKind kind) {
        return kind.label() + ".json";
    }

    /** Both, the executor first. */
    public List<Template> templates() {
        return List.of(executor, driver);
    }

    /**
     * What a kind of pod is made from; Spark adds name, image, memory and what the process is told.
     *
     * @param kind executor or driver
     * @param process what runs in place of the image's entry point; empty for the entry point
     * @param environment variables of the process; never a secret
     * @param mounts what it may write, shares or is told in secret
     * @param cpus CPUs that it may use at most
     * @param launches whether it asks for further pods in turn
     * @param stop how it is ended
     */
    public record Template(
            NodeKind kind,
            List<String> process,
            SortedMap<String, String> environment,
            List<Mount> mounts,
            double cpus,
            boolean launches,
            StopPolicy stop) {}
}
