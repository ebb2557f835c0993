package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;

/**
 * What a node may use at most, and the keys of a configuration that set it.
 *
 * @param cpus CPUs, which may be a fraction
 * @param memory memory, without swap
 * @param cpusField the key that problems with the CPUs name, for example {@code workers.cores}
 * @param memoryField the key that problems with the memory name, for example {@code workers.memory}
 */
public record ResourceLimits(double cpus, MemorySize memory, String cpusField, String memoryField) {}
