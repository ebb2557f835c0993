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
 * Brings a secret to a node as a file. A container with a read-only root takes no uploads, and an environment variable shows in
 * {@code docker inspect}: so the file is uploaded to a container that is never started and has the secret's volume
 * mounted writable; nodes mount that volume read-only.
 */
final class SecretCarrier {

    /**
     * The file belongs to root, since engines look an upload's owner up among the host's users and fail where there is none; everybody may read
     * it who sees the volume, and that are the cluster's processes alone.
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
