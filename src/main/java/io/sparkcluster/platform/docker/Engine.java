package io.sparkcluster.platform.docker;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
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
 * What runs the containers of a host, asked by the API of the Docker Engine. Podman serves that API too; where the two differ, the difference is
 * a method here, and nothing else asks which of them it is.
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

    /** All of them, the default one first. */
    public static List<Engine> all() {
        return List.of(docker(), podman());
    }

    /** The engine of that label. */
    public static Optional<Engine> labelled(String label) {
        return all().stream().filter(engine -> engine.label().equals(label)).findFirst();
    }

    /** Which of them it is, and what messages say about it. */
    public abstract EngineKind kind();

    /** How a stack's configuration calls it. */
    public String label() {
        return kind().label();
    }

    /** How messages call it. */
    String title() {
        return kind().title();
    }

    /**
     * Its address where none is configured; empty for the one that the docker provider finds by itself.
     *
     * @param environment the program's environment
     */
    public abstract Optional<String> defaultHost(Map<String, String> environment);

    /** What of a description it cannot do. */
    abstract List<Problem> validate(ClusterSpec spec);

    /** Whether it starts no container that may use more CPUs than the machine has. */
    abstract boolean refusesMoreCpus();

    /** What builds images there. */
    abstract ImageBuilder images(BuildEnvironment network);

    /** Options of a folder in memory that belongs to the cluster's user and to nobody else, as far as the engine can do that. */
    abstract String ownMemory();

    /** The policy by which a node is started again when it ends, or after a start of the machine. */
    abstract String restart();

    /** Properties of a network that the engine fills in itself; a second look must not take them for changes. */
    abstract List<String> filledInNetwork();

    /** The same for a container. */
    abstract List<String> filledInContainer();

    /** Whether the engine runs health checks by itself, so that the provider can wait for them. */
    abstract boolean checksHealth();

    /**
     * What is complete when a node is ready.
     *
     * @param host the engine's address, if it is not the default one
     */
    abstract Resource ready(ResourceScope scope, NodeSpec node, Container container, Optional<Output<String>> host);

    /** Where the file of a container that carries a secret is uploaded to; the secret's volume is mounted at its own folder. */
    abstract String uploadPath(SecretSpec secret);

    /**
     * What is complete when a secret is in its volume.
     *
     * @param carrier the container that the secret was uploaded to, with its volume mounted
     * @param host the engine's address, if it is not the default one
     */
    abstract Resource delivered(
            ResourceScope scope, SecretSpec secret, Container carrier, Optional<Output<String>> host);
}
