package io.sparkcluster.model;

import java.util.Optional;

/**
 * What a Spark application (a notebook or a submitted job) gets by default.
 *
 * @param concurrent how many applications share the cluster at a time, 1 to 16. Each gets an equal part of all cores and of
 *     every worker's memory; with {@link ClusterManager#KUBERNETES}, an equal part of the executors. Default: 2, since with
 *     Spark's own default the first notebook takes every core and the second one waits forever
 * @param executorMemory heap of an executor ({@code spark.executor.memory}), at least 450m. Default: derived, the largest
 *     with which one executor of each application fits on the smallest worker
 * @param driverMemory heap of a driver ({@code spark.driver.memory}), at least 450m. Default: derived from the edge node's
 *     memory
 */
public record ApplicationSpec(int concurrent, Optional<MemorySize> executorMemory, Optional<MemorySize> driverMemory) {

    /** Two applications at a time, with derived memory. */
    public static final ApplicationSpec DEFAULT = new ApplicationSpec(2, Optional.empty(), Optional.empty());

    /** The same with another number of applications at a time. */
    public ApplicationSpec withConcurrent(int applications) {
        return new ApplicationSpec(applications, executorMemory, driverMemory);
    }

    /** The same with a fixed executor heap. */
    public ApplicationSpec withExecutorMemory(MemorySize heap) {
        return new ApplicationSpec(concurrent, Optional.of(heap), driverMemory);
    }
}
