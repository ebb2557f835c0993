package io.sparkcluster.platform.swarm;

import java.util.function.Function;

/** How images that were built on this machine reach the machines of the Swarm. */
public sealed interface SwarmDelivery {

    /** By SSH, compressed, to the machines that lack them. The default. */
    static SwarmDelivery ssh() {
        return new Ssh();
    }

    /**
     * {@code docker push} to a registry. This machine must be logged in there, and the Swarm's machines must be able to pull from it.
     *
     * @param prefix registry and path, for example {@code registry.example.org/team}
     */
    static SwarmDelivery registry(String prefix) {
        return new Registry(prefix);
    }

    /** Applies the function for the actual case. Each case has a function, so that code which forgets a new case does not compile. */
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
