package io.sparkcluster;

import com.google.auto.value.AutoValue;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.VolumeHandle;
import java.util.Map;

/** A volume that several nodes mount at the same path, for example the workspace of a cluster. */
public final class SharedVolume extends ComponentResource {

    private final VolumeHandle handle;

    @Export(
            name = "name",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> name;

    /**
     * Registers a volume.
     *
     * @param name name of the component
     * @param args the volume to create or to use
     * @param options resource options
     */
    public SharedVolume(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(SharedVolume.class), name, ResourceArgs.Empty, options);
        var volume = args.volume();
        this.handle = volume.existing()
                ? args.platform().existingVolume(volume.name())
                : args.platform()
                        .volume(
                                ResourceScope.of(name, this, Labels.of(args.cluster()))
                                        .label(Labels.ROLE, volume.id()),
                                volume);
        this.name = handle.name();
        registerOutputs(Map.of("name", this.name));
    }

    /** Registers a volume that no other component contains. */
    public SharedVolume(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The volume's name on the platform. */
    public Output<String> name() {
        return name;
    }

    /** The handle with which nodes mount the volume. */
    public VolumeHandle handle() {
        return handle;
    }

    /** Arguments of a volume. */
    @AutoValue
    public abstract static class Args {

        Args() {}

        /** A volume as a plan describes it. */
        public static Args of(Platform platform, String cluster, VolumePlan volume) {
            return new AutoValue_SharedVolume_Args.Builder()
                    .platform(platform)
                    .cluster(cluster)
                    .volume(volume)
                    .build();
        }

        /** A volume that is kept when the component is destroyed. */
        public static Args retained(Platform platform, String name) {
            return of(platform, name, VolumePlan.workspace(name, false, true));
        }

        /** A volume that is removed with the component, together with its files. */
        public static Args removed(Platform platform, String name) {
            return of(platform, name, VolumePlan.workspace(name, false, false));
        }

        /** An existing volume, which is never changed or removed. */
        public static Args existing(Platform platform, String name) {
            return of(platform, name, VolumePlan.workspace(name, true, true));
        }

        /** The platform that has the volume. */
        public abstract Platform platform();

        /** The cluster's name, for labels. */
        public abstract String cluster();

        /** The volume to create or to use. */
        public abstract VolumePlan volume();

        /** A builder that starts with these values. */
        abstract Builder toBuilder();

        @AutoValue.Builder
        abstract static class Builder {

            Builder() {}

            abstract Builder platform(Platform value);

            abstract Builder cluster(String value);

            abstract Builder volume(VolumePlan value);

            abstract Args build();
        }
    }
}
