package io.sparkcluster.platform.docker;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.EngineKind;
import io.sparkcluster.platform.images.ImageBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Docker Engine. */
final class DockerEngine extends Engine {

    static final Engine INSTANCE = new DockerEngine();

    private DockerEngine() {}

    @Override
    public EngineKind kind() {
        return EngineKind.DOCKER;
    }

    @Override
    public Optional<String> defaultHost(Map<String, String> environment) {
        return Optional.empty();
    }

    @Override
    boolean refusesMoreCpus() {
        return true;
    }

    @Override
    ImageBuilder images(BuildEnvironment network) {
        return ImageBuilder.docker(network);
    }

    @Override
    String ownMemory() {
        return "uid=" + ClusterUser.ID + ",gid=" + ClusterUser.ID + ",mode=0700";
    }

    @Override
    List<String> filledInNetwork() {
        return List.of();
    }

    @Override
    List<String> filledInContainer() {
        return List.of();
    }

    @Override
    boolean checksHealth() {
        return true;
    }

    @Override
    Resource ready(ResourceScope scope, NodeSpec node, Container container, Optional<Output<String>> host) {
        return container;
    }

    /** Docker unpacks an upload into the files that the container sees, including its volumes. */
    @Override
    String uploadPath(SecretSpec secret) {
        return secret.file();
    }

    @Override
    Resource delivered(ResourceScope scope, SecretSpec secret, Container carrier, Optional<Output<String>> host) {
        return carrier;
    }
}
