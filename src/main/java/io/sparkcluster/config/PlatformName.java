package io.sparkcluster.config;

import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import java.util.List;
import java.util.Map;

/** The values of the key {@code platform}. */
enum PlatformName {
    /** One Docker or Podman engine. */
    DOCKER("docker") {
        @Override
        Platform platform(ConfigParts parts, Map<String, String> environment) {
            return DockerPlatform.of(parts.engine(), parts.dockerHost(), environment);
        }
    },
    /** A Docker Swarm of machines reached over SSH. */
    SWARM("swarm") {
        @Override
        Platform platform(ConfigParts parts, Map<String, String> environment) {
            var swarm = SwarmPlatform.of(parts.swarm());
            return parts.dockerHost().map(swarm::buildingOn).orElse(swarm);
        }
    },
    /** A namespace of a Kubernetes cluster. */
    KUBERNETES("kubernetes") {
        @Override
        Platform platform(ConfigParts parts, Map<String, String> environment) {
            var kubernetes = KubernetesPlatform.of(parts.kubernetes().settings());
            return parts.dockerHost().map(kubernetes::buildingOn).orElse(kubernetes);
        }
    };

    private final String label;

    PlatformName(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The platform that a tree names. */
    static PlatformName read(ConfigValues values) {
        return values.choice("platform", ConfigValues.byLabel(List.of(values()), PlatformName::label), DOCKER.label);
    }

    /** The platform as a tree describes it. */
    abstract Platform platform(ConfigParts parts, Map<String, String> environment);
}
