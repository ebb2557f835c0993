package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the nodes of a cluster may use together, and the keys by which a user changes it. */
public final class NodeSizes {

    private NodeSizes() {}

    /** The memory of all nodes. Executors that are started on demand are not among them. */
    public static MemorySize memory(ClusterPlan plan) {
        return MemorySize.mebibytes(plan.nodes().stream()
                .mapToLong(node -> node.resources().memory().mebibytes())
                .sum());
    }

    /** The CPUs of all nodes. Executors that are started on demand are not among them. */
    public static double cpus(ClusterPlan plan) {
        return plan.nodes().stream()
                .mapToDouble(node -> node.resources().cpus())
                .sum();
    }

    /** The key of each kind of node with its memory and how many there are, in one line. */
    public static String memoryParts(ClusterPlan plan) {
        return parts(plan, NodeSizes::memoryKey, size -> size.memory().toString());
    }

    /** The key of each kind of node with its CPUs and how many there are, in one line. */
    public static String cpuParts(ClusterPlan plan) {
        return parts(plan, NodeSizes::cpuKey, size -> number(size.cpus()));
    }

    /** A number of CPUs without a fraction that says nothing. */
    public static String number(double cpus) {
        double rounded = Math.rint(cpus * 1000) / 1000;
        return rounded == Math.rint(rounded) ? Long.toString(Math.round(rounded)) : Double.toString(rounded);
    }

    private static String parts(ClusterPlan plan, Function<Role, String> key, Function<ResourceLimits, String> size) {
        Map<Role, List<NodeSpec>> roles = new LinkedHashMap<>();
        plan.master().ifPresent(node -> roles.put(Role.MASTER, List.of(node)));
        roles.put(Role.WORKER, plan.workers());
        roles.put(Role.EDGE, List.of(plan.edge()));
        return String.join(
                ", ",
                roles.entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> key.apply(entry.getKey()) + " "
                                + size.apply(entry.getValue().get(0).resources())
                                + (entry.getValue().size() > 1
                                        ? " for each of " + entry.getValue().size()
                                        : ""))
                        .toList());
    }

    /** The key that sets the memory of nodes of a role. */
    public static String memoryKey(Role role) {
        return group(role) + ".memory";
    }

    /** The key that sets the CPUs of nodes of a role. */
    public static String cpuKey(Role role) {
        return group(role) + (role == Role.WORKER ? ".cores" : ".cpus");
    }

    private static String group(Role role) {
        return role == Role.WORKER ? "workers" : role.label();
    }
}
