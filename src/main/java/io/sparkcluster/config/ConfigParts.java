package io.sparkcluster.config;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a tree says.
 *
 * @param name what the cluster runs on
 * @param engine what runs the containers on the platform {@code docker}
 * @param dockerHost address of the engine that runs the containers, or for other platforms builds the images, if it is not the default one
 * @param kubernetes what only Kubernetes needs, read also where the platform is another one
 * @param swarm what only a Swarm needs, read also where the platform is another one
 * @param cluster the cluster
 */
record ConfigParts(
        PlatformName name,
        Engine engine,
        Optional<String> dockerHost,
        KubernetesConfig kubernetes,
        SwarmSettings swarm,
        ClusterSpec cluster) {

    private static final String ENGINE = "docker.engine";

    /** Asks for every key that there is. */
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
