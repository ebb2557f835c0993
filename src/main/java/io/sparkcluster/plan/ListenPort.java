package io.sparkcluster.plan;

import io.sparkcluster.model.Port;
import java.util.Optional;

/**
 * A port that a node listens on.
 *
 * @param name what it serves, unique on the node
 * @param port where the node listens
 * @param endpoint how it is reached from outside the cluster, if it is published
 */
public record ListenPort(String name, Port port, Optional<Endpoint> endpoint) {

    /** The port on the publishing address, if it is published. */
    public Optional<Port> published() {
        return endpoint.map(Endpoint::port);
    }
}
