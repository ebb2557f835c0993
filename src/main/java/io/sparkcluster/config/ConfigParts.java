package io.sparkcluster.config;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was read from a tree.
 *
 * @param name the platform's name
 * @param engine the engine that runs the containers on the platform {@code docker}
 * @param dockerHost address of the engine that runs the containers or, for other platforms, builds the images; empty for the default engine
 * @param kubernetes the settings for Kubernetes, also read for other platforms
 * @param swarm the settings for a Swarm, also read for other platforms
 * @param cluster the description of the cluster
 */
record ConfigParts(
        PlatformName name,
        Engine engine,
        Optional<String> dockerHost,
        KubernetesConfig kubernetes,
        SwarmSettings swarm,
        ClusterSpec cluster) {

    private static final String ENGINE = "docker.engine";

    /** Reads every key, so that afterwards every key is known. */
    static ConfigParts read(
            ConfigValues values, String clusterName, Optional<Path> caCertificates, Optional<String> imageLoader) {
        var name = PlatformName.read(values);
        var cluster = SpecReader.read(values, clusterName, caCertificates);
        return new ConfigParts(
                name,
                engine(values, name),
                values.text("docker.host"),
                KubernetesConfig.read(values, cluster.name(), name == PlatformName.KUBERNETES, imageLoader),
                SwarmConfig.read(values, cluster.name()),
                cluster);
    }

    private static Engine engine(ConfigValues values, PlatformName name) {
        var engine = values.choice(
                ENGINE,
                ConfigValues.byLabel(Engine.all(), Engine::label),
                Engine.docker().label());
        if (name != PlatformName.DOCKER && !engine.equals(Engine.docker())) {
            values.refuse(
                    ENGINE,
                    engine.label(),
                    "it is for the platform docker; images for others are built by a Docker engine",
                    values.removal(ENGINE));
        }
        return engine;
    }

    /** The platform that the tree names. */
    Platform platform(Map<String, String> environment) {
        return name.platform(this, environment);
    }
}
