package io.sparkcluster.platform.docker;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.EngineKind;
import io.sparkcluster.platform.images.ImageBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs the containers of a host, reached by the API of the Docker Engine. Podman serves that API too. Each difference between the two is a method here or
 * of {@link EngineKind}.
 */
public abstract sealed class Engine permits DockerEngine, PodmanEngine {

    Engine() {}

    /** The <a href="https://docs.docker.com/engine/">Docker Engine</a>, 20.10 or newer. */
    public static Engine docker() {
        return DockerEngine.INSTANCE;
    }

    /**
     * <a href="https://docs.podman.io/en/latest/markdown/podman-system-service.1.html">Podman's service</a>, 4.0 or newer, with netavark and aardvark-dns for
     * names.
     */
    public static Engine podman() {
        return PodmanEngine.INSTANCE;
    }

    /** All engines, the default engine first. */
    public static List<Engine> all() {
        return List.of(docker(), podman());
    }

    /** The engine with that label; empty if there is none. */
    public static Optional<Engine> labelled(String label) {
        return all().stream().filter(engine -> engine.label().equals(label)).findFirst();
    }

    /** The kind of engine, and what messages say about it. */
    public abstract EngineKind kind();

    /** The engine's name in a stack's configuration. */
    public String label() {
        return kind().label();
    }

    /** The engine's name in messages. */
    String title() {
        return kind().title();
    }

    /**
     * The engine's address if none is configured; empty if the docker provider finds the engine by itself.
     *
     * @param environment the program's environment
     */
    public abstract Optional<String> defaultHost(Map<String, String> environment);

    /** Whether the engine refuses a container that may use more CPUs than the machine has. */
    abstract boolean refusesMoreCpus();

    /** The builder of images on this engine. */
    abstract ImageBuilder images(BuildEnvironment network);

    /** Mount options of a folder in memory that only the cluster's user may use, as far as the engine supports that. */
    abstract String ownMemory();

    /** Properties of a network that the engine fills in itself; a later run must not take them for changes. */
    abstract List<String> filledInNetwork();

    /** The same for a container. */
    abstract List<String> filledInContainer();

    /** Whether the engine runs health checks by itself, so that the provider can wait for them. */
    abstract boolean checksHealth();

    /**
     * The resource that is complete when a node is ready.
     *
     * @param host the engine's address, if it is not the default one
     */
    abstract Resource ready(ResourceScope scope, NodeSpec node, Container container, Optional<Output<String>> host);

    /** Where a secret's file is uploaded to in its carrier container, which mounts the secret's volume at the secret's folder. */
    abstract String uploadPath(SecretSpec secret);

    /**
     * The resource that is complete when a secret is in its volume.
     *
     * @param carrier the container that the secret was uploaded to, with its volume mounted
     * @param host the engine's address, if it is not the default one
     */
    abstract Resource delivered(
            ResourceScope scope, SecretSpec secret, Container carrier, Optional<Output<String>> host);
}
