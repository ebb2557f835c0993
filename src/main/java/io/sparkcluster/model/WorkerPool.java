package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Spark workers: equal workers, or several groups of them. */
@AutoValue
public abstract class WorkerPool {

    /** The most workers that a cluster may have. */
    public static final int MOST = 1000;

    /** Two workers of two cores and 2 GiB. */
    public static final WorkerPool DEFAULT = new AutoValue_WorkerPool.Builder()
            .count(2)
            .cores(2)
            .memory(MemorySize.gibibytes(2))
            .decommissionTimeout(Duration.ofMinutes(2))
            .groups(List.of())
            .build();

    WorkerPool() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** How many workers, 1 to 1000. Default: 2. */
    public abstract int count();

    /** Task slots that each worker offers, and the CPUs its container may use, 1 to 256. Default: 2. */
    public abstract int cores();

    /** Memory limit of each worker's container, at least 1g; what executors get follows from it. Default: 2g. */
    public abstract MemorySize memory();

    /**
     * How long a worker that is told to stop may take to hand over its blocks and finish its tasks before it is killed, 5 s to 6 h; allow the longest
     * task plus 35 s. Default: 2 min.
     */
    public abstract Duration decommissionTimeout();

    /** Lets the number of workers follow their load, with {@code count} as the minimum. Default: a fixed number. */
    public abstract Optional<Autoscale> autoscale();

    /** Workers of several sizes. With groups, {@code count}, {@code cores} and {@code memory} have no effect. Default: none. */
    public abstract List<WorkerGroup> groups();

    /** The same pool with another number of workers. */
    public WorkerPool withCount(int workers) {
        return toBuilder().count(workers).build();
    }

    /** The same pool with another number of cores for each worker. */
    public WorkerPool withCores(int slots) {
        return toBuilder().cores(slots).build();
    }

    /** The same pool with another memory limit for each worker. */
    public WorkerPool withMemory(MemorySize limit) {
        return toBuilder().memory(limit).build();
    }

    /** The same pool with another time for a stopping worker to hand over its blocks. */
    public WorkerPool withDecommissionTimeout(Duration timeout) {
        return toBuilder().decommissionTimeout(timeout).build();
    }

    /** The same pool with a number of workers that follows their load. */
    public WorkerPool withAutoscale(Autoscale scaling) {
        return toBuilder().autoscale(scaling).build();
    }

    /** The same pool with one more group. The first group replaces the workers without a group. */
    public WorkerPool withGroup(WorkerGroup group) {
        var more = new ArrayList<>(groups());
        more.add(group);
        return toBuilder().groups(more).build();
    }

    /** The groups of workers. A pool without groups is one group with an empty name. */
    public List<WorkerGroup> all() {
        return groups().isEmpty() ? List.of(WorkerGroup.of("", count(), cores(), memory())) : groups();
    }

    /** The number of workers in all groups. */
    public int total() {
        return all().stream().mapToInt(WorkerGroup::count).sum();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link WorkerPool} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder count(int value);

        public abstract Builder cores(int value);

        public abstract Builder memory(MemorySize value);

        public abstract Builder decommissionTimeout(Duration value);

        public abstract Builder autoscale(Autoscale value);

        public abstract Builder groups(List<WorkerGroup> value);

        abstract List<WorkerGroup> groups();

        abstract WorkerPool autoBuild();

        /** Builds the pool with its own copy of the groups. */
        public WorkerPool build() {
            return groups(List.copyOf(groups())).autoBuild();
        }
    }
}
