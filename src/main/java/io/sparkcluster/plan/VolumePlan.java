package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;
import java.util.Optional;

/**
 * A volume that several nodes share.
 *
 * @param id a word for its content, unique in the cluster, for example {@code workspace}; names of components and resources end with it
 * @param name its name on the platform
 * @param path where nodes mount it
 * @param field the section or key of a configuration that describes it, for example {@code workspace}, which problems name
 * @param existing whether it exists already and must not be changed or removed
 * @param retain whether it outlives the cluster
 * @param size its size, for platforms that need one; if empty, the platform's own setting decides
 * @param needed whether nodes cannot work without it: a platform that cannot share it refuses the cluster
 */
public record VolumePlan(
        String id,
        String name,
        String path,
        String field,
        boolean existing,
        boolean retain,
        Optional<MemorySize> size,
        boolean needed) {

    /** The id of the workspace. */
    public static final String WORKSPACE = "workspace";

    /** A workspace, which can also be used without a cluster. */
    public static VolumePlan workspace(String name, boolean existing, boolean retain) {
        return new VolumePlan(
                WORKSPACE, name, ImageContract.WORKSPACE, WORKSPACE, existing, retain, Optional.empty(), false);
    }
}
