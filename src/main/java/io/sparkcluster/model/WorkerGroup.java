package io.sparkcluster.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Equal workers among others that are not.
 *
 * @param name part of the names of its workers; lower-case letters, digits and hyphens, a letter first. Empty for the workers of a cluster
 *     that has no groups
 * @param count how many. Default: that of {@link WorkerPool}
 * @param cores task slots that each worker offers, and the CPUs its container may use. Default: those of {@link WorkerPool}
 * @param memory memory limit of each worker's container. Default: that of {@link WorkerPool}
 * @param placement labels that a machine of a Swarm must have to run these workers, besides those that all workers ask for; other platforms
 *     refuse it. Default: none
 */
public record WorkerGroup(String name, int count, int cores, MemorySize memory, SortedMap<String, String> placement) {

    /** Keeps its own copy. */
    public WorkerGroup {
        placement = Collections.unmodifiableSortedMap(new TreeMap<>(placement));
    }

    /** So many workers of that size, anywhere. */
    public static WorkerGroup of(String name, int count, int cores, MemorySize memory) {
        return new WorkerGroup(name, count, cores, memory, new TreeMap<>());
    }

    /** The same workers on machines of a Swarm that have one more label. */
    public WorkerGroup placedOn(String label, String value) {
        var more = new TreeMap<>(placement);
        more.put(label, value);
        return new WorkerGroup(name, count, cores, memory, more);
    }

    /** The section of a configuration that describes it: what a problem with it blames. */
    public String field() {
        return name.isEmpty() ? "workers" : "workers.groups." + name;
    }
}
