package io.sparkcluster.platform.swarm;

import java.util.function.Function;

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

    /** Applies the function for the case that it is. Each case has one, so that code which forgets a new case does not compile. */
    <T> T fold(Function<Ssh, T> ssh, Function<Registry, T> registry);

    /** See {@link #ssh}. */
    record Ssh() implements SwarmDelivery {
        @Override
        public <T> T fold(Function<Ssh, T> ssh, Function<Registry, T> registry) {
            return ssh.apply(this);
        }
    }

    /** See {@link #registry}. */
    record Registry(String prefix) implements SwarmDelivery {
        @Override
        public <T> T fold(Function<Ssh, T> ssh, Function<Registry, T> registry) {
            return registry.apply(this);
        }
    }
}
