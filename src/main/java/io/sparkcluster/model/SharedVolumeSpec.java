package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/** The workspace, which the edge node and all workers or executors mount at the same path; it takes the place of HDFS. */
@AutoValue
public abstract class SharedVolumeSpec {

    /** A volume that is created for the cluster and kept when the cluster is destroyed. */
    public static final SharedVolumeSpec DEFAULT = new AutoValue_SharedVolumeSpec.Builder()
            .retain(true)
            .namedLater(false)
            .build();

    SharedVolumeSpec() {}

    /** An existing volume, which is never changed or removed. */
    public static SharedVolumeSpec existing(String name) {
        return DEFAULT.toBuilder().existing(name).build();
    }

    /** An existing volume whose name only the update knows; it is never changed or removed. */
    public static SharedVolumeSpec existingNamedLater() {
        return DEFAULT.toBuilder().namedLater(true).build();
    }

    /** Name of an existing volume, which is never changed or removed. Default: a volume is created for the cluster. */
    public abstract Optional<String> existing();

    /** Whether the volume that was created for the cluster outlives it, so that the next {@code pulumi up} finds the files again. Default: true. */
    public abstract boolean retain();

    /**
     * Whether the workspace is an existing volume whose name is the output of another resource, so that only the update knows it.
     * {@code SparkClusterArgs.Builder.workspace} takes the output. Default: false.
     */
    public abstract boolean namedLater();

    /** Whether the volume exists already, so that it must not be changed or removed. */
    public boolean isExisting() {
        return existing().isPresent() || namedLater();
    }

    /** The same volume, kept or removed with the cluster. */
    public SharedVolumeSpec withRetain(boolean keep) {
        return toBuilder().retain(keep).build();
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder existing(String value);

        abstract Builder retain(boolean value);

        abstract Builder namedLater(boolean value);

        abstract SharedVolumeSpec build();
    }
}
