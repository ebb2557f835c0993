package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Labels;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What a scheduled pod reserves on its Kubernetes node.
 *
 * @param namespace the pod's namespace
 * @param cluster the Spark cluster that the pod is a node or an executor of; empty for other pods
 * @param reserved memory and CPUs
 */
record PodReservation(String namespace, String cluster, NodeCapacity.Reserved reserved) {

    /** A JSONPath that prints one line for each pod: namespace and cluster, then the CPUs and the memory that its containers request. */
    static final String FIELDS = "{range .items[*]}{.metadata.namespace}|{.metadata.labels."
            + Labels.CLUSTER.replace(".", "\\.")
            + "}|{.spec.containers[*].resources.requests.cpu}"
            + "|{.spec.containers[*].resources.requests.memory}{'\\n'}{end}";

    /** Reads a line that {@link #FIELDS} printed. */
    static PodReservation read(String line) {
        String[] parts = line.split("\\|", -1);
        return new PodReservation(
                parts[0],
                parts[1],
                new NodeCapacity.Reserved(
                        quantities(parts[3]).mapToLong(Quantities::mebibytes).sum(),
                        quantities(parts[2]).mapToDouble(Quantities::number).sum()));
    }

    private static Stream<String> quantities(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(quantity -> !quantity.isBlank());
    }

    /** Whether the pod belongs to a cluster. Executors have the cluster's label too, by their template. */
    boolean isOf(String clusterNamespace, String clusterName) {
        return namespace.equals(clusterNamespace) && cluster.equals(clusterName);
    }
}
