package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Labels;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What a scheduled pod reserves on its Kubernetes node.
 *
 * @param namespace the pod's namespace
 * @param cluster the Spark cluster whose node the pod is; empty for other pods
 * @param sparkRole the role that Spark notes on pods that it starts, for example {@code executor}; empty for other pods
 * @param reserved memory and CPUs
 */
record PodReservation(String namespace, String cluster, String sparkRole, NodeCapacity.Reserved reserved) {

    /** A JSONPath that prints one line for each pod: the three names, then the CPUs and the memory that its containers request. */
    static final String FIELDS = "{range .items[*]}{.metadata.namespace}|{.metadata.labels."
            + Labels.CLUSTER.replace(".", "\\.")
            + "}|{.metadata.labels.spark-role}|{.spec.containers[*].resources.requests.cpu}"
            + "|{.spec.containers[*].resources.requests.memory}{'\\n'}{end}";

    /** Reads a line that {@link #FIELDS} printed. */
    static PodReservation read(String line) {
        String[] parts = line.split("\\|", -1);
        return new PodReservation(
                parts[0],
                parts[1],
                parts[2],
                new NodeCapacity.Reserved(
                        quantities(parts[4]).mapToLong(Quantities::mebibytes).sum(),
                        quantities(parts[3]).mapToDouble(Quantities::number).sum()));
    }

    private static Stream<String> quantities(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(quantity -> !quantity.isBlank());
    }

    /** Whether the pod belongs to a cluster: as a node of it, or as a pod that Spark started in the cluster's namespace. */
    boolean isOf(String clusterNamespace, String clusterName) {
        return namespace.equals(clusterNamespace) && (cluster.equals(clusterName) || !sparkRole.isEmpty());
    }
}
