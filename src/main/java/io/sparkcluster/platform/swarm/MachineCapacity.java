package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSizes;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.ResourceLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether a cluster fits on the machines of a Swarm. A task reserves its memory in full and a part of its CPUs; nothing is reserved twice. A
 * task that finds no room would wait forever. A machine that did not answer counts as large enough.
 *
 * @param settings the machines as they are described
 * @param plan the cluster to be made
 * @param facts the facts of the machines that answered
 */
record MachineCapacity(SwarmSettings settings, ClusterPlan plan, Map<Machine, MachineFacts> facts) {

    /** Keeps its own copy, in the order of the machines. */
    MachineCapacity {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    List<Problem> problems() {
        var problems = alone();
        return problems.isEmpty() && facts.size() == settings.machines().size() ? together() : problems;
    }

    /** Nodes that are too large even for an empty machine. The engine refuses a task whose CPU limit exceeds the machine's CPUs, again and again. */
    private List<Problem> alone() {
        var problems = new LinkedHashMap<String, Problem>();
        for (NodeSpec node : plan.nodes()) {
            var wanted = node.resources();
            if (fitsNowhere(node, "memory", (double) wanted.memory().mebibytes())) {
                problems.computeIfAbsent(
                        node.resources().memoryField(),
                        key -> tooLarge(key, wanted.memory().toString(), "that much memory"));
            }
            if (fitsNowhere(node, "cpus", wanted.cpus())) {
                problems.computeIfAbsent(
                        node.resources().cpusField(),
                        key -> tooLarge(key, NodeSizes.number(wanted.cpus()), "that many CPUs"));
            }
        }
        return List.copyOf(problems.values());
    }

    private boolean fitsNowhere(NodeSpec node, String fact, double wanted) {
        return settings.machinesFor(node.group()).stream()
                .map(machine -> Optional.ofNullable(facts.get(machine)))
                .allMatch(found -> found.map(machine -> machine.number(fact).orElse(Long.MAX_VALUE) < wanted)
                        .orElse(false));
    }

    private static Problem tooLarge(String key, String value, String what) {
        return new Problem(
                key, value, "no machine that may run it has " + what, "Lower it, or place it on a larger machine");
    }

    private List<Problem> together() {
        var problems = new ArrayList<Problem>();
        var memory = NodeSizes.memory(plan);
        var memoryThere = MemorySize.mebibytes(Math.max(1, sum("memory")));
        if (memory.compareTo(memoryThere) > 0) {
            var largest = NodeSizes.largest(plan, size -> (double) size.memory().mebibytes());
            problems.add(new Problem(
                    largest.resources().memoryField(),
                    largest.resources().memory().toString(),
                    "the nodes together reserve " + memory + " of memory (" + NodeSizes.memoryParts(plan)
                            + "), and all machines together have " + memoryThere,
                    "Lower it, lower " + largest.group().field() + ".count, or add machines"));
        }
        double cpus = NodeSizes.cpus(plan) * settings.cpuReservationPercent() / 100;
        if (cpus > sum("cpus")) {
            var largest = NodeSizes.largest(plan, ResourceLimits::cpus);
            problems.add(new Problem(
                    largest.resources().cpusField(),
                    NodeSizes.number(largest.resources().cpus()),
                    "the nodes together reserve " + NodeSizes.number(cpus) + " CPUs ("
                            + settings.cpuReservationPercent() + " % of " + NodeSizes.cpuParts(plan)
                            + "), and all machines together have " + sum("cpus"),
                    "Lower it, lower " + largest.group().field()
                            + ".count or swarm.cpuReservationPercent, or add machines"));
        }
        return problems;
    }

    private long sum(String fact) {
        return facts.values().stream()
                .mapToLong(found -> found.number(fact).orElse(Integer.MAX_VALUE))
                .sum();
    }
}
