package io.sparkcluster.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group of equal workers in a cluster that may have several groups.
 *
 * @param name part of the names of its workers: lower-case letters, digits and hyphens, a letter first; together with the cluster's name at
 *     most 43 characters. Empty for the workers of a cluster without groups
 * @param count how many workers, 1 to 1000. Default in a configuration: that of {@link WorkerPool}
 * @param cores task slots that each worker offers, and the CPUs its container may use, 1 to 256. Default in a configuration: those of
 *     {@link WorkerPool}
 * @param memory memory limit of each worker's container, at least 1g. Default in a configuration: that of {@link WorkerPool}
 * @param placement labels that a machine of a Swarm must have to run these workers, besides the labels for all workers; other platforms
 *     refuse it. Default: none
 */
public record WorkerGroup(String name, int count, int cores, MemorySize memory, SortedMap<String, String> placement) {

    /** Keeps its own copy. */
    public WorkerGroup {
        placement = Collections.unmodifiableSortedMap(new TreeMap<>(placement));
    }

    /** A group whose workers may run on any machine. */
    public static WorkerGroup of(String name, int count, int cores, MemorySize memory) {
        return new WorkerGroup(name, count, cores, memory, new TreeMap<>());
    }

    /** The same workers, but only on machines of a Swarm that have this label too. */
    public WorkerGroup placedOn(String label, String value) {
        var more = new TreeMap<>(placement);
        more.put(label, value);
        return new WorkerGroup(name, count, cores, memory, more);
    }

    /** The section of a configuration that describes the group, which problems name: {@code workers}, or {@code workers.groups.<name>}. */
    public String field() {
        return name.isEmpty() ? "workers" : "workers.groups." + name;
    }
}
