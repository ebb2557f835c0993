package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;

/**
 * What a node may use at most.
 *
 * @param cpus CPUs
 * @param memory memory, without swap
 */
public record ResourceLimits(double cpus, MemorySize memory) {}
