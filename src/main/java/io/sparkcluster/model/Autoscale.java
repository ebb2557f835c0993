package io.sparkcluster.model;

import com.google.auto.value.AutoValue;

/**
 * Lets the number of workers follow their load, between {@link WorkerPool#count} and a maximum. Platforms that do not measure load refuse it.
 */
@AutoValue
public abstract class Autoscale {

    /** The default of {@link #cpuPercent}. */
    public static final int CPU_PERCENT = 70;

    Autoscale() {}

    /** Up to {@code max} workers, with the default of {@link #cpuPercent}. */
    public static Autoscale upTo(int max) {
        return new AutoValue_Autoscale.Builder()
                .max(max)
                .cpuPercent(CPU_PERCENT)
                .build();
    }

    /** The most workers: more than the pool's count, at most 1000. */
    public abstract int max();

    /** Average use of the workers' reserved CPUs, in percent, above which workers are added, 10 to 100. Default: 70. */
    public abstract int cpuPercent();

    /** The same with workers added above another average use of CPUs, in percent. */
    public Autoscale withCpuPercent(int percent) {
        return toBuilder().cpuPercent(percent).build();
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder max(int value);

        abstract Builder cpuPercent(int value);

        abstract Autoscale build();
    }
}
