package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSizes;
import io.sparkcluster.plan.ResourceLimits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks whether a cluster fits on the nodes of a Kubernetes cluster. A pod reserves its memory in full and a part of its CPU limit; nothing is
 * reserved twice.
 *
 * @param nodes what each node has for pods
 * @param others what pods that do not belong to this cluster reserve; nothing where the user may not list them
 * @param cpuRequestPercent the percentage of its CPU limit that a pod reserves
 */
record NodeCapacity(List<Node> nodes, Reserved others, int cpuRequestPercent) {

    /** Keeps its own copy. */
    NodeCapacity {
        nodes = List.copyOf(nodes);
    }

    /** In CPUs: sums of fractions are not exact. */
    private static final double ROUNDING = 1e-6;

    /**
     * What one Kubernetes node has for pods.
     *
     * @param mebibytes memory in MiB
     * @param cpus number of CPUs
     */
    record Node(long mebibytes, double cpus) {}

    /**
     * What pods reserve.
     *
     * @param mebibytes memory in MiB
     * @param cpus number of CPUs
     */
    record Reserved(long mebibytes, double cpus) {

        static final Reserved NOTHING = new Reserved(0, 0);

        Reserved plus(Reserved more) {
            return new Reserved(mebibytes + more.mebibytes, cpus + more.cpus);
        }

        private String memory() {
            return mebibytes == 0 ? "" : MemorySize.mebibytes(mebibytes).toString();
        }

        private String number() {
            return cpus == 0 ? "" : NodeSizes.number(cpus);
        }
    }

    /** A problem for each size of pod that is too large even for an empty node. */
    List<Problem> problems(ClusterPlan plan) {
        long memory = nodes.stream().mapToLong(Node::mebibytes).max().orElse(Long.MAX_VALUE);
        double cpus = nodes.stream().mapToDouble(Node::cpus).max().orElse(Double.MAX_VALUE);
        var problems = new ArrayList<Problem>();
        for (ResourceLimits wanted : sizes(plan)) {
            if (wanted.memory().mebibytes() > memory) {
                problems.add(new Problem(
                        wanted.memoryField(),
                        wanted.memory().toString(),
                        "the largest node of the Kubernetes cluster has " + memory + "m for pods",
                        "Lower it, or add larger nodes (minikube start --memory)"));
            }
            double requested = requested(wanted.cpus());
            if (requested > cpus) {
                problems.add(new Problem(
                        wanted.cpusField(),
                        PodSpecFactory.millicores(wanted.cpus()),
                        "its pod would reserve " + PodSpecFactory.millicores(requested)
                                + " CPUs, and the largest node of the Kubernetes cluster has "
                                + PodSpecFactory.millicores(cpus)
                                + " for pods",
                        "Lower it, or lower kubernetes.cpuRequestPercent, the part of its limit that a pod reserves"));
            }
        }
        return problems;
    }

    /** Each size of pod once, including pods that Spark starts on demand. */
    private static Set<ResourceLimits> sizes(ClusterPlan plan) {
        var sizes = new LinkedHashSet<ResourceLimits>();
        plan.nodes().forEach(node -> sizes.add(node.resources()));
        sizes.addAll(plan.podsOnDemand());
        return sizes;
    }

    /** Warnings if the pods together do not fit until nodes are added or other pods end. */
    List<String> warnings(ClusterPlan plan) {
        // A Kubernetes cluster that adds nodes on demand may have none yet.
        if (nodes.isEmpty()) {
            return List.of();
        }
        var warnings = new ArrayList<String>();
        var memory = NodeSizes.memory(plan);
        long memoryThere = nodes.stream().mapToLong(Node::mebibytes).sum();
        if (memory.mebibytes() > memoryThere - others.mebibytes()) {
            var largest = NodeSizes.largest(plan, size -> (double) size.memory().mebibytes());
            warnings.add(warning(
                    memory + " of memory (" + NodeSizes.memoryParts(plan) + ")",
                    MemorySize.mebibytes(memoryThere).toString(),
                    others.memory(),
                    NodeSizes.countOr(largest, largest.resources().memoryField())));
        }
        double cpus = requested(NodeSizes.cpus(plan));
        double cpusThere = nodes.stream().mapToDouble(Node::cpus).sum();
        if (cpus > cpusThere - others.cpus() + ROUNDING) {
            warnings.add(warning(
                    NodeSizes.number(cpus) + " CPUs (" + cpuRequestPercent + " % of " + NodeSizes.cpuParts(plan) + ")",
                    NodeSizes.number(cpusThere),
                    others.number(),
                    NodeSizes.countOr(NodeSizes.largest(plan, ResourceLimits::cpus), "kubernetes.cpuRequestPercent")));
        }
        return warnings;
    }

    private static String warning(String wanted, String there, String others, String keys) {
        return "the pods together reserve " + wanted + ", and the nodes of the Kubernetes cluster have " + there
                + " for pods" + (others.isEmpty() ? "" : ", of which other pods reserve " + others)
                + ": some pods wait until there is more. Lower " + keys + ", or add nodes";
    }

    private double requested(double cpus) {
        return cpus * cpuRequestPercent / 100;
    }
}
