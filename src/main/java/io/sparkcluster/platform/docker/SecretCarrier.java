package io.sparkcluster.platform.docker;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.inputs.ContainerCapabilitiesArgs;
import com.pulumi.docker.inputs.ContainerUploadArgs;
import com.pulumi.docker.inputs.ContainerVolumeArgs;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.VolumeHandle;
import java.util.List;

/**
 * Brings a secret to nodes as a file. A container with a read-only root file system accepts no uploads, and {@code docker inspect} shows environment variables.
 * So the file is uploaded to a container that is never started and mounts the secret's volume writable. Nodes mount that volume read-only.
 */
final class SecretCarrier {

    /**
     * The file belongs to root, since engines look up an upload's owner among the host's users and fail if it is not there. So everybody may read it, but only
     * the cluster's processes see the volume.
     */
    private static final String PERMISSIONS = "0444";

    private SecretCarrier() {}

    static Container of(
            Engine engine,
            ResourceScope scope,
            String name,
            SecretSpec secret,
            Output<String> value,
            ImageHandle image,
            VolumeHandle volume) {
        return new Container(
                scope.child("carrier").name(),
                ContainerArgs.builder()
                        .name(name)
                        .image(image.content())
                        .start(false)
                        .mustRun(false)
                        .networkMode("none")
                        .capabilities(
                                ContainerCapabilitiesArgs.builder().drops("ALL").build())
                        .labels(NodeContainer.labels(scope))
                        .volumes(ContainerVolumeArgs.builder()
                                .volumeName(volume.name())
                                .containerPath(secret.folder())
                                .build())
                        .uploads(List.of(ContainerUploadArgs.builder()
                                .file(engine.uploadPath(secret))
                                .content(value.asSecret())
                                .permissions(PERMISSIONS)
                                .build()))
                        .build(),
                scope.options()
                        .deleteBeforeReplace(true)
                        .ignoreChanges(engine.filledInContainer())
                        .build());
    }
}
