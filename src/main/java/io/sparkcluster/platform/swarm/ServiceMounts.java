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
 * What a task writes to or shares.
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

    /** Secrets are no mounts of a service: the Swarm brings them itself. */
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
        // A volume of each machine's own under one name would look shared, and lose files without a word.
        if (!settings.sharesWorkspace() && !node.traits().hostsWorkspace()) {
            return Optional.empty();
        }
        return Optional.of(ServiceTaskSpecContainerSpecMountArgs.builder()
                .type(settings.workspace().hostFolder().isPresent() ? "bind" : "volume")
                .source(context.volumeOf(node, shared).name())
                .target(shared.path())
                .build());
    }

    /** Without a name it goes with the task. */
    private static ServiceTaskSpecContainerSpecMountArgs own(Mount.Own volume, Optional<Output<String>> name) {
        var mount =
                ServiceTaskSpecContainerSpecMountArgs.builder().type("volume").target(volume.path());
        name.ifPresent(mount::source);
        return mount.build();
    }

    /**
     * A volume that is memory, and goes with the task. A service's own mounts of memory belong to root and cannot be executed from, whereas the
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
                        // The engine keeps an entry of it, by which it is found again.
                        .labels(ServiceTaskSpecContainerSpecMountVolumeOptionsLabelArgs.builder()
                                .label(MEMORY_LABEL)
                                .value(settings.name())
                                .build())
                        .build())
                .build();
    }
}
