package io.sparkcluster.program;

import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The values of the key {@code platform}. */
enum PlatformName {
    /** One Docker or Podman engine. */
    DOCKER("docker"),
    /** A Docker Swarm of machines that are reached by SSH. */
    SWARM("swarm"),
    /** A namespace of a Kubernetes cluster. */
    KUBERNETES("kubernetes");

    private final String label;

    PlatformName(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The platform that a stack names; where the value is none of them, the problem is noted and the default returned. */
    static PlatformName read(ConfigValues values) {
        List<String> labels = Arrays.stream(values()).map(PlatformName::label).toList();
        String label = values.oneOf("platform", labels, DOCKER.label);
        return Arrays.stream(values())
                .filter(platform -> platform.label.equals(label))
                .findFirst()
                .orElse(DOCKER);
    }

    /** The platform as a stack describes it. */
    Platform platform(StackConfig config, Map<String, String> environment) {
        return switch (this) {
            case DOCKER -> DockerPlatform.of(config.engine(), config.dockerHost(), environment);
            case SWARM -> {
                var swarm = SwarmPlatform.of(config.swarm());
                yield config.dockerHost().map(swarm::buildingOn).orElse(swarm);
            }
            case KUBERNETES -> {
                var kubernetes = KubernetesPlatform.of(config.kubernetes().settings());
                yield config.dockerHost().map(kubernetes::buildingOn).orElse(kubernetes);
            }
        };
    }
}
