package io.sparkcluster.plan;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pods that Spark on a node requests from the platform while it runs. The node's Spark properties refer to the files and the variables here; the platform
 * provides both, and gives the node the permissions that Spark needs.
 *
 * @param folder the folder on the node with a file for each template
 * @param executor the template of executors
 * @param driver the template of drivers of jobs in cluster mode
 * @param executorLimits what an executor may use at most
 * @param most how many executors all applications together may have
 */
public record ExecutorPods(String folder, Template executor, Template driver, ResourceLimits executorLimits, int most) {

    /** Variable with the image of executors and of drivers in cluster mode; its reference is known only after the build. */
    public static final String IMAGE = "SPARK_POD_IMAGE";

    /** Variable with the pull policy for that image. */
    public static final String PULL_POLICY = "SPARK_POD_IMAGE_PULL_POLICY";

    /** Variable with the CPU that the platform reserves for an executor. */
    public static final String EXECUTOR_CPU = "SPARK_EXECUTOR_CPU_REQUEST";

    /** Variable with the CPU that the platform reserves for a driver in cluster mode. */
    public static final String DRIVER_CPU = "SPARK_DRIVER_CPU_REQUEST";

    /** Variable with the namespace in which pods are created. */
    public static final String NAMESPACE = "SPARK_POD_NAMESPACE";

    /** Variable with the name of the node's own pod. */
    public static final String POD_NAME = "POD_NAME";

    /** The value of a Spark property that is read from a variable. */
    static String from(String variable) {
        return "${env:" + variable + "}";
    }

    /** The name of a template's file in the folder. */
    public static String fileName(NodeKind kind) {
        return kind.label() + ".json";
    }

    /** Both templates, that of executors first. */
    public List<Template> templates() {
        return List.of(executor, driver);
    }

    /**
     * The template of a kind of pod. Spark adds the name, the image, the memory and the arguments.
     *
     * @param kind executor or driver
     * @param process the command that runs in place of the image's entry point; empty for the entry point
     * @param environment variables of the process; never a secret
     * @param mounts its writable folders, shared volumes and secrets
     * @param cpus CPUs that it may use at most
     * @param launches whether it requests further pods itself
     * @param stop how it is stopped
     */
    public record Template(
            NodeKind kind,
            List<String> process,
            SortedMap<String, String> environment,
            List<Mount> mounts,
            double cpus,
            boolean launches,
            StopPolicy stop) {

        /** Keeps its own copies. */
        public Template {
            process = List.copyOf(process);
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            mounts = List.copyOf(mounts);
        }
    }
}
