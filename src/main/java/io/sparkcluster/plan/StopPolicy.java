package io.sparkcluster.plan;

import java.time.Duration;
import java.util.List;

/**
 * How a node is stopped.
 *
 * @param grace time between the request to stop and the kill; {@code before} is part of it
 * @param before command with which the node hands over, for platforms that run a command before they send {@code SIGTERM}; empty if there
 *     is nothing to hand over. If the command was not run, the node hands over on {@code SIGTERM}
 */
public record StopPolicy(Duration grace, List<String> before) {

    /** Keeps its own copy. */
    public StopPolicy {
        before = List.copyOf(before);
    }

    /** For nodes that have nothing to hand over. */
    static StopPolicy within(Duration grace) {
        return new StopPolicy(grace, List.of());
    }
}
