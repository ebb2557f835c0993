package io.sparkcluster.model;

import java.util.Optional;

/**
 * The workspace that the edge node and all workers see under the same path; it stands in for HDFS.
 *
 * @param existing name of a volume that is there already and is used as it is, never changed or removed. Default: one
 *     is made for the cluster
 * @param retain whether a volume that was made for the cluster outlives it, so that the next {@code pulumi up} finds the
 *     files again. Default: true
 * @param namedLater whether an existing volume is used whose name is the output of another resource, so that only the
 *     update knows it. {@code SparkClusterArgs.Builder.workspace} takes the output. Default: false
 */
public record SharedVolumeSpec(Optional<String> existing, boolean retain, boolean namedLater) {

    /** A volume of the cluster's own, kept when the cluster is destroyed. */
    public static final SharedVolumeSpec DEFAULT = new SharedVolumeSpec(Optional.empty(), true);

    /** A volume whose name is known, if it has one. */
    public SharedVolumeSpec(Optional<String> existing, boolean retain) {
        this(existing, retain, false);
    }

    /** A volume that somebody else made and keeps. */
    public static SharedVolumeSpec existing(String name) {
        return new SharedVolumeSpec(Optional.of(name), true);
    }

    /** A volume that somebody else made and keeps, and whose name only the update knows. */
    public static SharedVolumeSpec existingNamedLater() {
        return new SharedVolumeSpec(Optional.empty(), true, true);
    }

    /** Whether somebody else made the volume and keeps it. */
    public boolean isExisting() {
        return existing.isPresent() || namedLater;
    }

    /** The same volume, kept or removed with the cluster. */
    public SharedVolumeSpec withRetain(boolean keep) {
        return new SharedVolumeSpec(existing, keep, namedLater);
    }
}
