package io.sparkcluster.platform.kubernetes;

/**
 * How images that were built on this machine's Docker engine come to the nodes of the Kubernetes cluster. Images that the description
 * takes from a registry are left to the nodes.
 */
public sealed interface ImageDelivery {

    /**
     * {@code minikube image load}, for Minikube of any driver.
     *
     * @param profile Minikube's profile, by default {@code minikube}
     */
    static ImageDelivery minikube(String profile) {
        return new Minikube(profile);
    }

    /**
     * {@code ctr images import} into the containerd of a node that runs on this machine.
     *
     * @param socket its address, by default {@code /run/containerd/containerd.sock}
     */
    static ImageDelivery containerd(String socket) {
        return new Containerd(socket);
    }

    /**
     * {@code docker push}, for which this machine must be logged in and from which the nodes must be able to pull.
     *
     * @param prefix registry and path, for example {@code registry.example.org/team}
     */
    static ImageDelivery registry(String prefix) {
        return new Registry(prefix);
    }

    /**
     * Any other way: a command that gets the names of images as arguments and returns when every node has them.
     *
     * @param command a line for the shell
     */
    static ImageDelivery command(String command) {
        return new Command(command);
    }

    /** The nodes share the engine that built the images, as after {@code minikube docker-env}. */
    static ImageDelivery present() {
        return new Present();
    }

    /** See {@link #minikube}. */
    record Minikube(String profile) implements ImageDelivery {}

    /** See {@link #containerd}. */
    record Containerd(String socket) implements ImageDelivery {}

    /** See {@link #registry}. */
    record Registry(String prefix) implements ImageDelivery {}

    /** See {@link #command}. */
    record Command(String command) implements ImageDelivery {}

    /** See {@link #present}. */
    record Present() implements ImageDelivery {}
}
