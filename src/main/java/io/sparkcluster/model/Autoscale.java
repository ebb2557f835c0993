package io.sparkcluster.model;

/**
 * Lets the number of workers follow their load, between {@link WorkerPool#count} and a maximum. Only platforms that measure load can do so.
 *
 * @param max the most workers, more than the pool's count, at most 1000
 * @param cpuPercent how busy the workers' reserved CPUs are on average before there are more of them, 10 to 100. Default: 70
 */
public record Autoscale(int max, int cpuPercent) {

    /** How busy workers are before there are more of them when nothing is said. */
    public static final int CPU_PERCENT = 70;

    /** Up to so many workers. */
    public static Autoscale upTo(int max) {
        return new Autoscale(max, CPU_PERCENT);
    }
}
