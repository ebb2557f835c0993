package io.sparkcluster.platform.swarm;

import com.pulumi.core.Output;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecMountArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecMountVolumeOptionsArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecMountVolumeOptionsLabelArgs;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.NodeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mounts the folders that a task writes to or shares.
 *
 * @param settings how the workspace is shared
 */
record ServiceMounts(SwarmSettings settings) {

    private static final String MEMORY_LABEL = "io.sparkcluster.memory";

    List<ServiceTaskSpecContainerSpecMountArgs> of(
            NodeSpec node, NodeContext context, Map<String, Output<String>> own) {
        var mounts = new ArrayList<ServiceTaskSpecContainerSpecMountArgs>();
        for (Mount mount : node.mounts()) {
            of(mount, node, context, own).ifPresent(mounts::add);
        }
        return mounts;
    }

    /** A secret is no mount here, since the Swarm itself puts secrets into tasks. */
    private Optional<ServiceTaskSpecContainerSpecMountArgs> of(
            Mount mount, NodeSpec node, NodeContext context, Map<String, Output<String>> own) {
        return mount.fold(
                shared -> shared(node, shared, context),
                volume -> Optional.of(own(volume, Optional.ofNullable(own.get(volume.path())))),
                memory -> Optional.of(memory(memory)),
                secret -> Optional.empty());
    }

    private Optional<ServiceTaskSpecContainerSpecMountArgs> shared(
            NodeSpec node, Mount.Shared shared, NodeContext context) {
        // Volumes of the same name on each machine would look shared and silently lose files.
        if (!settings.sharesWorkspace() && !node.traits().hostsWorkspace()) {
            return Optional.empty();
        }
        return Optional.of(ServiceTaskSpecContainerSpecMountArgs.builder()
                .type(settings.workspace().hostFolder().isPresent() ? "bind" : "volume")
                .source(context.volumeOf(node, shared).name())
                .target(shared.path())
                .build());
    }

    /** A volume without a name is removed with its task. */
    private static ServiceTaskSpecContainerSpecMountArgs own(Mount.Own volume, Optional<Output<String>> name) {
        var mount =
                ServiceTaskSpecContainerSpecMountArgs.builder().type("volume").target(volume.path());
        name.ifPresent(mount::source);
        return mount.build();
    }

    /**
     * A folder in memory, as a tmpfs volume that is removed with the task. A service's tmpfs mounts belong to root and are mounted noexec, but the
     * cluster's user writes there, and Spark loads native libraries from the temporary folder.
     */
    private ServiceTaskSpecContainerSpecMountArgs memory(Mount.Memory folder) {
        String owner =
                folder.shared() ? "mode=1777" : "uid=" + ClusterUser.ID + ",gid=" + ClusterUser.ID + ",mode=0700";
        return ServiceTaskSpecContainerSpecMountArgs.builder()
                .type("volume")
                .target(folder.path())
                .volumeOptions(ServiceTaskSpecContainerSpecMountVolumeOptionsArgs.builder()
                        .driverName("local")
                        .driverOptions(Map.of(
                                "type",
                                "tmpfs",
                                "device",
                                "tmpfs",
                                "o",
                                "size=" + folder.mebibytes() + "m,nosuid,nodev," + owner))
                        .noCopy(true)
                        // Identifies the volumes that the engine keeps on record after their tasks.
                        .labels(ServiceTaskSpecContainerSpecMountVolumeOptionsLabelArgs.builder()
                                .label(MEMORY_LABEL)
                                .value(settings.name())
                                .build())
                        .build())
                .build();
    }
}
