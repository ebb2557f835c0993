package io.sparkcluster.model;

/**
 * Lets the number of workers follow their load, between {@link WorkerPool#count} and a maximum. Platforms that do not measure load refuse it.
 *
 * @param max the most workers: more than the pool's count, at most 1000
 * @param cpuPercent average use of the workers' reserved CPUs, in percent, above which workers are added, 10 to 100. Default: 70
 */
public record Autoscale(int max, int cpuPercent) {

    /** The default of {@link #cpuPercent}. */
    public static final int CPU_PERCENT = 70;

    /** Up to {@code max} workers, with the default of {@link #cpuPercent}. */
    public static Autoscale upTo(int max) {
        return new Autoscale(max, CPU_PERCENT);
    }
}
