package io.sparkcluster.plan;

/**
 * The shared workspace.
 *
 * @param name its name on the platform
 * @param path where every node mounts it
 * @param existing whether it is there already and must be left as it is
 * @param retain whether it outlives the cluster
 */
public record VolumePlan(String name, String path, boolean existing, boolean retain) {}
