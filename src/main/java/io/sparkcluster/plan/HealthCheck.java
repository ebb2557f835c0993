package io.sparkcluster.plan;

import io.sparkcluster.model.Port;
import java.time.Duration;
import java.util.List;

/**
 * How to find out whether a node is ready, not merely running.
 *
 * @param command exits with 0 when it is; runs inside the node
 * @param page answers as long as the node's process works, ready or not
 * @param interval time between two checks
 * @param timeout time after which one check has failed
 * @param retries failures in a row that make a ready node unready
 * @param startPeriod time after the start in which failures do not count
 */
public record HealthCheck(
        List<String> command, Page page, Duration interval, Duration timeout, int retries, Duration startPeriod) {

    private static final String PROGRAM = "/opt/sparkcluster/bin/healthy";

    /**
     * The check of that role's image. The interval decides how soon a node is seen as ready, and every check costs a process start;
     * the start period leaves time for a cold machine that starts all nodes at once.
     */
    static HealthCheck of(String role, Page page) {
        return new HealthCheck(
                List.of(PROGRAM, role), page, Duration.ofSeconds(3), Duration.ofSeconds(10), 10, Duration.ofMinutes(2));
    }

    /**
     * A page that a process serves for as long as it lives.
     *
     * @param port where it listens
     * @param path the page
     */
    public record Page(Port port, String path) {}

    /** How long a platform waits for readiness before it gives up. */
    public Duration startTimeout() {
        return startPeriod.plus(interval.plus(timeout).multipliedBy(retries));
    }
}
