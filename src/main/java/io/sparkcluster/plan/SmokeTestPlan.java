package io.sparkcluster.plan;

import java.time.Duration;
import java.util.List;

/**
 * The small job with which {@code up} ends.
 *
 * @param command runs on the edge node and prints its result as one line of JSON
 * @param limit the longest time that it may take
 */
public record SmokeTestPlan(List<String> command, Duration limit) {

    /** Keeps its own copy. */
    public SmokeTestPlan {
        command = List.copyOf(command);
    }
}
