package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A group of equal workers in a cluster that may have several groups. */
@AutoValue
public abstract class WorkerGroup {

    WorkerGroup() {}

    /** A group whose workers may run on any machine. */
    public static WorkerGroup of(String name, int count, int cores, MemorySize memory) {
        return new AutoValue_WorkerGroup.Builder()
                .name(name)
                .count(count)
                .cores(cores)
                .memory(memory)
                .placement(new TreeMap<>())
                .build();
    }

    /**
     * Part of the names of its workers: lower-case letters, digits and hyphens, a letter first; together with the cluster's name at most 43 characters.
     * Empty for the workers of a cluster without groups.
     */
    public abstract String name();

    /** How many workers, 1 to 1000. Default in a configuration: that of {@link WorkerPool}. */
    public abstract int count();

    /** Task slots that each worker offers, and the CPUs its container may use, 1 to 256. Default in a configuration: those of {@link WorkerPool}. */
    public abstract int cores();

    /** Memory limit of each worker's container, at least 1g. Default in a configuration: that of {@link WorkerPool}. */
    public abstract MemorySize memory();

    /** Labels that a machine of a Swarm must have to run these workers, besides the labels for all workers; other platforms refuse it. Default: none. */
    public abstract SortedMap<String, String> placement();

    /** The same workers, but only on machines of a Swarm that have this label too. */
    public WorkerGroup placedOn(String label, String value) {
        var more = new TreeMap<>(placement());
        more.put(label, value);
        return toBuilder().placement(more).build();
    }

    /** The section of a configuration that describes the group, which problems name: {@code workers}, or {@code workers.groups.<name>}. */
    public String field() {
        return name().isEmpty() ? "workers" : "workers.groups." + name();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link WorkerGroup} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder name(String value);

        public abstract Builder count(int value);

        public abstract Builder cores(int value);

        public abstract Builder memory(MemorySize value);

        public abstract Builder placement(SortedMap<String, String> value);

        abstract SortedMap<String, String> placement();

        abstract WorkerGroup autoBuild();

        /** Builds the group with its own copy of the labels. */
        public WorkerGroup build() {
            return placement(Collections.unmodifiableSortedMap(new TreeMap<>(placement())))
                    .autoBuild();
        }
    }
}
