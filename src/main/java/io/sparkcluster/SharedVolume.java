package io.sparkcluster;

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

/** Files that several nodes see under the same path: the workspace of a cluster, or one's own. */
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
     * @param args what to make or to use
     * @param options the usual options
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

    /** Registers a volume of its own, outside of any other component. */
    public SharedVolume(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** Its name on the platform. */
    public Output<String> name() {
        return name;
    }

    /** What nodes mount. */
    public VolumeHandle handle() {
        return handle;
    }

    /**
     * What to make or to use.
     *
     * @param platform where
     * @param cluster the cluster that its labels name
     * @param volume the volume
     */
    public record Args(Platform platform, String cluster, VolumePlan volume) {

        /** A volume that is kept when the component is destroyed. */
        public static Args retained(Platform platform, String name) {
            return new Args(platform, name, VolumePlan.workspace(name, false, true));
        }

        /** A volume that goes with the component, files and all. */
        public static Args removed(Platform platform, String name) {
            return new Args(platform, name, VolumePlan.workspace(name, false, false));
        }

        /** A volume that somebody else made and keeps. */
        public static Args existing(Platform platform, String name) {
            return new Args(platform, name, VolumePlan.workspace(name, true, true));
        }
    }
}
