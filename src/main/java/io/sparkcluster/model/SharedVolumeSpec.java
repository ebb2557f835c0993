package io.sparkcluster.model;

import java.util.Optional;

/**
 * The workspace, which the edge node and all workers or executors mount at the same path; it takes the place of HDFS.
 *
 * @param existing name of an existing volume, which is never changed or removed. Default: a volume is created for the
 *     cluster
 * @param retain whether the volume that was created for the cluster outlives it, so that the next {@code pulumi up} finds
 *     the files again. Default: true
 * @param namedLater whether the workspace is an existing volume whose name is the output of another resource, so that only
 *     the update knows it. {@code SparkClusterArgs.Builder.workspace} takes the output. Default: false
 */
public record SharedVolumeSpec(Optional<String> existing, boolean retain, boolean namedLater) {

    /** A volume that is created for the cluster and kept when the cluster is destroyed. */
    public static final SharedVolumeSpec DEFAULT = new SharedVolumeSpec(Optional.empty(), true);

    /** A volume that is created for the cluster, or an existing one whose name is known. */
    public SharedVolumeSpec(Optional<String> existing, boolean retain) {
        this(existing, retain, false);
    }

    /** An existing volume, which is never changed or removed. */
    public static SharedVolumeSpec existing(String name) {
        return new SharedVolumeSpec(Optional.of(name), true);
    }

    /** An existing volume whose name only the update knows; it is never changed or removed. */
    public static SharedVolumeSpec existingNamedLater() {
        return new SharedVolumeSpec(Optional.empty(), true, true);
    }

    /** Whether the volume exists already, so that it must not be changed or removed. */
    public boolean isExisting() {
        return existing.isPresent() || namedLater;
    }

    /** The same volume, kept or removed with the cluster. */
    public SharedVolumeSpec withRetain(boolean keep) {
        return new SharedVolumeSpec(existing, keep, namedLater);
    }
}
