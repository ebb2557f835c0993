package io.sparkcluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Spark workers: a number of equal ones, or several groups of them.
 *
 * @param count how many, 1 to 1000. Default: 2
 * @param cores task slots that each worker offers, and the CPUs its container may use. Default: 2
 * @param memory memory limit of each worker's container; what executors get follows from it. Default: 2g
 * @param decommissionTimeout how long a worker that is told to stop may take to hand over its blocks and finish its
 *     tasks before it is ended; allow the longest task plus 35 s. Default: 2 min
 * @param autoscale whether their number follows their load, with {@code count} as the least. Default: it does not
 * @param groups workers of several sizes. Where there are any, {@code count}, {@code cores} and {@code memory} stand for nothing. Default: none
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

    /** The same workers in another number. */
    public WorkerPool withCount(int workers) {
        return new WorkerPool(workers, cores, memory, decommissionTimeout, autoscale, groups);
    }

    /** As many workers, each with other cores. */
    public WorkerPool withCores(int slots) {
        return new WorkerPool(count, slots, memory, decommissionTimeout, autoscale, groups);
    }

    /** As many workers, each with another memory limit. */
    public WorkerPool withMemory(MemorySize limit) {
        return new WorkerPool(count, cores, limit, decommissionTimeout, autoscale, groups);
    }

    /** The same workers with another time to hand over what they hold. */
    public WorkerPool withDecommissionTimeout(Duration timeout) {
        return new WorkerPool(count, cores, memory, timeout, autoscale, groups);
    }

    /** The same workers, in a number that follows their load. */
    public WorkerPool withAutoscale(Autoscale scaling) {
        return new WorkerPool(count, cores, memory, decommissionTimeout, Optional.of(scaling), groups);
    }

    /** One more group of workers. The first one takes the place of the workers that had no group. */
    public WorkerPool withGroup(WorkerGroup group) {
        var more = new ArrayList<>(groups);
        more.add(group);
        return new WorkerPool(count, cores, memory, decommissionTimeout, autoscale, more);
    }

    /** The workers by groups; those of a pool without groups are one that has no name. */
    public List<WorkerGroup> all() {
        return groups.isEmpty() ? List.of(WorkerGroup.of("", count, cores, memory)) : groups;
    }

    /** How many workers there are. */
    public int total() {
        return all().stream().mapToInt(WorkerGroup::count).sum();
    }
}
