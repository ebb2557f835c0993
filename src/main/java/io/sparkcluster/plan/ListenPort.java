package io.sparkcluster.plan;

import io.sparkcluster.model.Port;
import java.util.Optional;

/**
 * A port that a node listens on.
 *
 * @param name what it serves, unique on the node
 * @param port where the node listens
 * @param published the port on the publishing address under which it is reached from outside, if it is published
 */
public record ListenPort(String name, Port port, Optional<Port> published) {}
