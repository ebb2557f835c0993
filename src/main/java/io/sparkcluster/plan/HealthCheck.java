package io.sparkcluster.plan;

import java.time.Duration;

/**
 * How to find out whether a node is ready, not merely running.
 *
 * @param ready succeeds when the node is ready
 * @param alive succeeds as long as the node's process works, ready or not
 * @param interval time between two checks
 * @param timeout time after which one check has failed
 * @param retries failures in a row that make a ready node unready
 * @param startPeriod time after the start in which failures do not count
 */
public record HealthCheck(
        Probe ready, Probe alive, Duration interval, Duration timeout, int retries, Duration startPeriod) {

    /**
     * A check with the intervals of every node. A short interval finds a node ready soon, but every check starts a process; the start
     * period leaves time for a cold machine that starts all nodes at once. Until a node has been ready, a check may wait for up to seven
     * seconds (images/spark-base/opt/sparkcluster/bin/healthy), which is less than the timeout.
     */
    static HealthCheck of(Probe ready, Probe alive) {
        return new HealthCheck(ready, alive, Duration.ofSeconds(3), Duration.ofSeconds(10), 10, Duration.ofMinutes(2));
    }

    /** The same check for a node whose processor may be emulated, where everything takes about ten times as long. */
    HealthCheck slow() {
        return new HealthCheck(ready, alive, interval, Duration.ofMinutes(1), retries, Duration.ofMinutes(10));
    }

    /** How long a platform waits for readiness before it gives up. */
    public Duration startTimeout() {
        return startPeriod.plus(interval.plus(timeout).multipliedBy(retries));
    }
}
