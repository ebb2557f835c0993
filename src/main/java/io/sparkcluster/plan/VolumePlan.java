package io.sparkcluster.plan;

import io.sparkcluster.model.MemorySize;
import java.util.Optional;

/**
 * Files that several nodes share.
 *
 * @param id a word for what it holds, unique in the cluster, for example {@code workspace}: names of components and resources end with it
 * @param name its name on the platform
 * @param path where nodes mount it
 * @param field the section of a configuration that describes it, for example {@code workspace}: what a problem blames
 * @param existing whether it exists already and must be left as it is
 * @param retain whether it outlives the cluster
 * @param size what it must hold, for platforms that ask; without it their own setting decides
 * @param needed whether nodes cannot do without it: a platform that cannot share it refuses the cluster
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

    /** What the workspace's volume holds. */
    public static final String WORKSPACE = "workspace";

    /** A workspace that other things than clusters may use. */
    public static VolumePlan workspace(String name, boolean existing, boolean retain) {
        return new VolumePlan(
                WORKSPACE, name, ImageContract.WORKSPACE, WORKSPACE, existing, retain, Optional.empty(), false);
    }
}
