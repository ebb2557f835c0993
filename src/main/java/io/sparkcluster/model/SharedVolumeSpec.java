package io.sparkcluster.model;

import java.util.Optional;

/**
 * The workspace that the edge node and all workers see under the same path; it stands in for HDFS.
 *
 * @param existing name of a volume that is there already and is used as it is, never changed or removed. Default: one
 *     is made for the cluster
 * @param retain whether a volume that was made for the cluster outlives it, so that the next {@code pulumi up} finds the
 *     files again. Default: true
 */
public record SharedVolumeSpec(Optional<String> existing, boolean retain) {

    /** A volume of the cluster's own, kept when the cluster is destroyed. */
    public static final SharedVolumeSpec DEFAULT = new SharedVolumeSpec(Optional.empty(), true);

    /** A volume that somebody else made and keeps. */
    public static SharedVolumeSpec existing(String name) {
        return new SharedVolumeSpec(Optional.of(name), true);
    }

    /** The same volume, kept or removed with the cluster. */
    public SharedVolumeSpec withRetain(boolean keep) {
        return new SharedVolumeSpec(existing, keep);
    }
}
