package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/** What a Spark application (a notebook or a submitted job) gets by default. */
@AutoValue
public abstract class ApplicationSpec {

    /** Two applications at a time, with derived memory. */
    public static final ApplicationSpec DEFAULT =
            new AutoValue_ApplicationSpec.Builder().concurrent(2).build();

    ApplicationSpec() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /**
     * How many applications share the cluster at a time, 1 to 16. Each gets an equal part of all cores and of every worker's memory; with
     * {@link ClusterManager#KUBERNETES}, an equal part of the executors. Default: 2, since with Spark's own default the first notebook takes every
     * core and the second one waits forever.
     */
    public abstract int concurrent();

    /**
     * Heap of an executor ({@code spark.executor.memory}), at least 450m. Default: derived, the largest with which one executor of each application fits
     * on the smallest worker.
     */
    public abstract Optional<MemorySize> executorMemory();

    /** Heap of a driver ({@code spark.driver.memory}), at least 450m. Default: derived from the edge node's memory. */
    public abstract Optional<MemorySize> driverMemory();

    /** The same with another number of applications at a time. */
    public ApplicationSpec withConcurrent(int applications) {
        return toBuilder().concurrent(applications).build();
    }

    /** The same with a fixed executor heap. */
    public ApplicationSpec withExecutorMemory(MemorySize heap) {
        return toBuilder().executorMemory(heap).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link ApplicationSpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder concurrent(int value);

        public abstract Builder executorMemory(MemorySize value);

        public abstract Builder driverMemory(MemorySize value);

        public abstract ApplicationSpec build();
    }
}
