package io.sparkcluster.platform.docker;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretName;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.ImageBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine whose API it is. Old ones are refused by the provider and the command line themselves. */
final class DockerEngine extends Engine {

    static final Engine INSTANCE = new DockerEngine();

    private DockerEngine() {}

    @Override
    public String label() {
        return "docker";
    }

    @Override
    public Optional<String> defaultHost(Map<String, String> environment) {
        return Optional.empty();
    }

    @Override
    String title() {
        return "Docker";
    }

    @Override
    List<Problem> validate(ClusterSpec spec) {
        return List.of();
    }

    @Override
    Optional<String> tooOld(String version) {
        return Optional.empty();
    }

    @Override
    boolean refusesMoreCpus() {
        return true;
    }

    @Override
    String rightsRemedy() {
        return "Add the user to the group docker (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST to an"
                + " engine of your own";
    }

    @Override
    String startRemedy() {
        return "Start one (Docker Desktop, systemctl start docker), set DOCKER_HOST, or let make up install one on Debian and"
                + " Ubuntu";
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
    String restart() {
        return "unless-stopped";
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

    /** Docker unpacks an upload as the container would see it, with its volumes. */
    @Override
    String uploadPath(SecretName secret) {
        return secret.file();
    }

    @Override
    Resource delivered(ResourceScope scope, SecretName secret, Container carrier, Optional<Output<String>> host) {
        return carrier;
    }
}
