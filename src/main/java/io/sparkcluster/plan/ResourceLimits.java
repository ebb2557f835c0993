package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;

/**
 * What a node may use at most, and the keys of a configuration that decide on it: what a problem with them blames.
 *
 * @param cpus CPUs
 * @param memory memory, without swap
 * @param cpusField for example {@code workers.cores}
 * @param memoryField for example {@code workers.memory}
 */
public record ResourceLimits(double cpus, MemorySize memory, String cpusField, String memoryField) {}
