package io.sparkcluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Spark workers: equal workers, or several groups of them.
 *
 * @param count how many workers, 1 to 1000. Default: 2
 * @param cores task slots that each worker offers, and the CPUs its container may use, 1 to 256. Default: 2
 * @param memory memory limit of each worker's container, at least 1g; what executors get follows from it. Default: 2g
 * @param decommissionTimeout how long a worker that is told to stop may take to hand over its blocks and finish its
 *     tasks before it is killed, 5 s to 6 h; allow the longest task plus 35 s. Default: 2 min
 * @param autoscale lets the number of workers follow their load, with {@code count} as the minimum. Default: a fixed number
 * @param groups workers of several sizes. With groups, {@code count}, {@code cores} and {@code memory} have no effect. Default: none
 */
public record WorkerPool(
        int count,
        int cores,
        MemorySize memory,
        Duration decommissionTimeout,
        Optional<Autoscale> autoscale,
        List<WorkerGroup> groups) {

    /** The most workers that a cluster may have. */
    public static final int MOST = 1000;

    /** Two workers of two cores and 2 GiB. */
    public static final WorkerPool DEFAULT =
            new WorkerPool(2, 2, MemorySize.gibibytes(2), Duration.ofMinutes(2), Optional.empty(), List.of());

    /** Keeps its own copy. */
    public WorkerPool {
        groups = List.copyOf(groups);
    }

    /** The same pool with another number of workers. */
    public WorkerPool withCount(int workers) {
        return new WorkerPool(workers, cores, memory, decommissionTimeout, autoscale, groups);
    }

    /** The same pool with another number of cores for each worker. */
    public WorkerPool withCores(int slots) {
        return new WorkerPool(count, slots, memory, decommissionTimeout, autoscale, groups);
    }

    /** The same pool with another memory limit for each worker. */
    public WorkerPool withMemory(MemorySize limit) {
        return new WorkerPool(count, cores, limit, decommissionTimeout, autoscale, groups);
    }

    /** The same pool with another time for a stopping worker to hand over its blocks. */
    public WorkerPool withDecommissionTimeout(Duration timeout) {
        return new WorkerPool(count, cores, memory, timeout, autoscale, groups);
    }

    /** The same pool with a number of workers that follows their load. */
    public WorkerPool withAutoscale(Autoscale scaling) {
        return new WorkerPool(count, cores, memory, decommissionTimeout, Optional.of(scaling), groups);
    }

    /** The same pool with one more group. The first group replaces the workers without a group. */
    public WorkerPool withGroup(WorkerGroup group) {
        var more = new ArrayList<>(groups);
        more.add(group);
        return new WorkerPool(count, cores, memory, decommissionTimeout, autoscale, more);
    }

    /** The groups of workers. A pool without groups is one group with an empty name. */
    public List<WorkerGroup> all() {
        return groups.isEmpty() ? List.of(WorkerGroup.of("", count, cores, memory)) : groups;
    }

    /** The number of workers in all groups. */
    public int total() {
        return all().stream().mapToInt(WorkerGroup::count).sum();
    }
}
