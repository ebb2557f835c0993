package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Labels;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What a pod that has a node reserves there.
 *
 * @param namespace its namespace
 * @param cluster the Spark cluster that it is a node of; empty for other pods
 * @param sparkRole what Spark says of a pod that it started itself; empty for other pods
 * @param reserved its reservation
 */
record PodReservation(String namespace, String cluster, String sparkRole, NodeCapacity.Reserved reserved) {

    /** Asks for a line a pod: its names, then its containers' CPUs and their memory. */
    static final String FIELDS = "{range .items[*]}{.metadata.namespace}|{.metadata.labels."
            + Labels.CLUSTER.replace(".", "\\.")
            + "}|{.metadata.labels.spark-role}|{.spec.containers[*].resources.requests.cpu}"
            + "|{.spec.containers[*].resources.requests.memory}{'\\n'}{end}";

    /** A line of the answer. */
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

    /** Whether it is a node of that cluster, or an executor in its namespace. */
    boolean isOf(String clusterNamespace, String clusterName) {
        return namespace.equals(clusterNamespace) && (cluster.equals(clusterName) || !sparkRole.isEmpty());
    }
}
