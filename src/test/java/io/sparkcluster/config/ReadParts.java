package io.sparkcluster.config;

import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.util.Optional;

/**
 * What the platform of a configuration is made from, for tests outside of this package.
 *
 * @param config the configuration
 */
public record ReadParts(ClusterConfig config) {

    /** The word for the platform. */
    public String platform() {
        return config.parts().name().label();
    }

    /** What runs containers on the platform docker. */
    public Engine engine() {
        return config.parts().engine();
    }

    /** The engine's address, if it is not the default one. */
    public Optional<String> dockerHost() {
        return config.parts().dockerHost();
    }

    /** What Kubernetes needs. */
    public KubernetesSettings kubernetes() {
        return config.parts().kubernetes().settings();
    }

    /** What a Swarm needs. */
    public SwarmSettings swarm() {
        return config.parts().swarm();
    }
}
