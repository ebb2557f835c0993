package io.sparkcluster.platform.swarm;

/** How images that were built on this machine come to the others. */
public sealed interface SwarmDelivery {

    /** By SSH, compressed, to those machines that lack them. The default. */
    static SwarmDelivery ssh() {
        return new Ssh();
    }

    /**
     * {@code docker push}, for which this machine must be logged in and from which the machines must be able to pull.
     *
     * @param prefix registry and path, for example {@code registry.example.org/team}
     */
    static SwarmDelivery registry(String prefix) {
        return new Registry(prefix);
    }

    /** See {@link #ssh}. */
    record Ssh() implements SwarmDelivery {}

    /** See {@link #registry}. */
    record Registry(String prefix) implements SwarmDelivery {}
}
