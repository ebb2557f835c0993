package io.sparkcluster.plan;

import java.time.Duration;
import java.util.List;

/**
 * How a node is ended.
 *
 * @param grace time between the request to stop and the end by force; {@code before} is part of it
 * @param before command with which the node hands over, for platforms that run one before they send {@code SIGTERM}; empty where there is
 *     nothing to hand over. Where it was not run, the node does the same on {@code SIGTERM}.
 */
public record StopPolicy(Duration grace, List<String> before) {

    /** Keeps its own copy. */
    public StopPolicy {
        before = List.copyOf(before);
    }

    /** For nodes that only need to be told. */
    static StopPolicy within(Duration grace) {
        return new StopPolicy(grace, List.of());
    }
}
