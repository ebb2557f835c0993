package io.sparkcluster.program;

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

    /** What is to be looked at and made on that platform before a cluster. */
    PlatformSetup setup(StackConfig config, Map<String, String> environment) {
        var builder = new BuildEngine(config.dockerHost(), environment);
        return switch (this) {
            case DOCKER -> DockerSetup.of(config.engine(), config.dockerHost(), environment);
            case SWARM -> new SwarmSetup(config.swarm(), builder);
            case KUBERNETES -> KubernetesSetup.of(config.kubernetes(), builder);
        };
    }
}
