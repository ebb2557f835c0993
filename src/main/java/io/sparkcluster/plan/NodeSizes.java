package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the nodes of a cluster may use together, and the keys that set it. */
public final class NodeSizes {

    private NodeSizes() {}

    /** The memory of all nodes, without executor pods. */
    public static MemorySize memory(ClusterPlan plan) {
        return MemorySize.mebibytes(plan.nodes().stream()
                .mapToLong(node -> node.resources().memory().mebibytes())
                .sum());
    }

    /** The CPUs of all nodes, without executor pods. */
    public static double cpus(ClusterPlan plan) {
        return plan.nodes().stream()
                .mapToDouble(node -> node.resources().cpus())
                .sum();
    }

    /** The key of each group of nodes with its memory and how many there are, in one line. */
    public static String memoryParts(ClusterPlan plan) {
        return parts(plan, size -> size.memoryField() + " " + size.memory());
    }

    /** The key of each group of nodes with its CPUs and how many there are, in one line. */
    public static String cpuParts(ClusterPlan plan) {
        return parts(plan, size -> size.cpusField() + " " + number(size.cpus()));
    }

    /** A node of the replicated group that takes most in total; the first node if no group is replicated. */
    public static NodeSpec largest(ClusterPlan plan, ToDoubleFunction<ResourceLimits> size) {
        return plan.groups().stream()
                .filter(group -> group.traits().replicated())
                .map(plan::nodes)
                .max(Comparator.comparingDouble(
                        nodes -> nodes.size() * size.applyAsDouble(nodes.get(0).resources())))
                .map(nodes -> nodes.get(0))
                .orElseGet(() -> plan.nodes().get(0));
    }

    /** The keys with which a node's group takes less: the number of its nodes, where that can be set, or another key. */
    public static String countOr(NodeSpec node, String key) {
        return node.traits().replicated() ? node.group().field() + ".count or " + key : key;
    }

    /** A number of CPUs, rounded to three decimal places, without a fraction if it is whole. */
    public static String number(double cpus) {
        double rounded = Math.rint(cpus * 1000) / 1000;
        return rounded == Math.rint(rounded) ? Long.toString(Math.round(rounded)) : Double.toString(rounded);
    }

    private static String parts(ClusterPlan plan, Function<ResourceLimits, String> size) {
        return plan.groups().stream()
                .map(plan::nodes)
                .map(nodes ->
                        size.apply(nodes.get(0).resources()) + (nodes.size() > 1 ? " for each of " + nodes.size() : ""))
                .collect(Collectors.joining(", "));
    }
}
