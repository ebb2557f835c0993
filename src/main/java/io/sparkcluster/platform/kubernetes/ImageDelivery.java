package io.sparkcluster.platform.kubernetes;

import java.util.Optional;
import java.util.function.Function;

/**
 * How images that were built on this machine's Docker engine reach the nodes of the Kubernetes cluster. Images that the cluster's description
 * names in a registry are pulled by the nodes themselves.
 */
public sealed interface ImageDelivery {

    /**
     * {@code minikube image load}, for Minikube with any driver. {@link KubernetesSettings} uses it by default, with the profile {@code minikube}.
     *
     * @param profile Minikube's profile
     */
    static ImageDelivery minikube(String profile) {
        return new Minikube(profile);
    }

    /**
     * {@code ctr images import} into the containerd of a Kubernetes node that runs on this machine.
     *
     * @param socket the path of containerd's socket, usually {@code /run/containerd/containerd.sock}
     */
    static ImageDelivery containerd(String socket) {
        return new Containerd(socket);
    }

    /**
     * {@code docker push} to a registry. This machine must be logged in there, and the nodes must be able to pull from it.
     *
     * @param prefix registry and path, for example {@code registry.example.org/team}
     */
    static ImageDelivery registry(String prefix) {
        return new Registry(prefix);
    }

    /**
     * Any other way: a command that gets the references of the images as arguments and returns when every node has the images.
     *
     * @param command a command line for bash
     */
    static ImageDelivery command(String command) {
        return new Command(command);
    }

    /** No delivery: the nodes share the engine that built the images, as after {@code minikube docker-env}. */
    static ImageDelivery present() {
        return new Present();
    }

    /** Applies the function for the actual case. Each case has a function, so that code which forgets a new case does not compile. */
    <T> T fold(
            Function<Minikube, T> minikube,
            Function<Containerd, T> containerd,
            Function<Registry, T> registry,
            Function<Command, T> command,
            Function<Present, T> present);

    /** Registry and path from which the nodes pull the built images; empty unless the delivery is a registry. */
    default Optional<String> pulledFrom() {
        return fold(
                minikube -> Optional.empty(),
                containerd -> Optional.empty(),
                registry -> Optional.of(registry.prefix()),
                command -> Optional.empty(),
                present -> Optional.empty());
    }

    /** See {@link #minikube}. */
    record Minikube(String profile) implements ImageDelivery {
        @Override
        public <T> T fold(
                Function<Minikube, T> minikube,
                Function<Containerd, T> containerd,
                Function<Registry, T> registry,
                Function<Command, T> command,
                Function<Present, T> present) {
            return minikube.apply(this);
        }
    }

    /** See {@link #containerd}. */
    record Containerd(String socket) implements ImageDelivery {
        @Override
        public <T> T fold(
                Function<Minikube, T> minikube,
                Function<Containerd, T> containerd,
                Function<Registry, T> registry,
                Function<Command, T> command,
                Function<Present, T> present) {
            return containerd.apply(this);
        }
    }

    /** See {@link #registry}. */
    record Registry(String prefix) implements ImageDelivery {
        @Override
        public <T> T fold(
                Function<Minikube, T> minikube,
                Function<Containerd, T> containerd,
                Function<Registry, T> registry,
                Function<Command, T> command,
                Function<Present, T> present) {
            return registry.apply(this);
        }
    }

    /** See {@link #command}. */
    record Command(String command) implements ImageDelivery {
        @Override
        public <T> T fold(
                Function<Minikube, T> minikube,
                Function<Containerd, T> containerd,
                Function<Registry, T> registry,
                Function<Command, T> command,
                Function<Present, T> present) {
            return command.apply(this);
        }
    }

    /** See {@link #present}. */
    record Present() implements ImageDelivery {
        @Override
        public <T> T fold(
                Function<Minikube, T> minikube,
                Function<Containerd, T> containerd,
                Function<Registry, T> registry,
                Function<Command, T> command,
                Function<Present, T> present) {
            return present.apply(this);
        }
    }
}
