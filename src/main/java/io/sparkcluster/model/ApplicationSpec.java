package io.sparkcluster.model;

import java.util.Optional;

/**
 * What one Spark application (a notebook or a submitted job) gets when it asks for nothing.
 *
 * @param concurrent how many applications share the cluster at a time, 1 to 16: each gets that part of every worker's
 *     memory and of all cores. Default: 2, since with Spark's own default the first notebook takes every core and the
 *     second one waits for ever
 * @param executorMemory heap of an executor ({@code spark.executor.memory}). Default: derived, the largest that lets
 *     {@code concurrent} executors run on a worker
 * @param driverMemory heap of a driver ({@code spark.driver.memory}). Default: derived from the edge node's memory
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
