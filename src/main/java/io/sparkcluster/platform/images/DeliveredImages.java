package io.sparkcluster.platform.images;

import com.pulumi.core.Output;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Images for nodes that do not run on the engine that builds the images. */
public final class DeliveredImages {

    private final Optional<String> host;
    private final ImageBuilder builder;

    /**
     * @param host address of the Docker engine that builds them, if it is not the default one
     */
    public DeliveredImages(Optional<String> host) {
        this.host = host;
        this.builder = ImageBuilder.docker(BuildEnvironment.of(System.getenv()));
    }

    /** Builds an image on its parent. */
    public ImageHandle built(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return builder.image(scope, image, parent);
    }

    /** An image that the user supplies. Nodes pull the images that they run; the engine pulls an image that others are built on. */
    public ImageHandle given(ResourceScope scope, ImageSpec image, Output<String> reference) {
        return image.runs() ? ImageHandle.given(reference) : builder.given(scope, image, reference);
    }

    /** The images that nodes run but do not have, since they were built on this engine. */
    public static SortedMap<ImageRole, ImageHandle> missing(ClusterPlan plan, Map<ImageRole, ImageHandle> images) {
        var missing = new TreeMap<ImageRole, ImageHandle>();
        images.forEach((role, image) -> {
            if (plan.image(role).runs() && image.built()) {
                missing.put(role, image);
            }
        });
        return missing;
    }

    /** Variables for a command on this machine, with which its {@code docker} asks the engine that has the images. */
    public Map<String, String> environment(Map<String, String> own) {
        var variables = new TreeMap<>(own);
        host.ifPresent(address -> variables.put("DOCKER_HOST", address));
        return variables;
    }
}
