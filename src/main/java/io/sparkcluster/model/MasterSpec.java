package io.sparkcluster.model;

import java.time.Duration;

/**
 * The Spark master.
 *
 * @param cpus CPUs that the container may use at most, 0.1 to 256. Default: 1
 * @param memory memory limit of the container, at least 768m. Default: 1g
 * @param uiPort port on the publishing address under which the master's web page is published; through its reverse proxy it
 *     also shows the pages of workers and applications. Default: 8080
 * @param recoveryTimeout how long a restarted master waits for workers and applications to report back
 *     ({@code spark.deploy.recoveryTimeout}), 1 s to 10 min; without effect before Spark 4.0. Default: 10 s. Upstream's
 *     default is a minute, in which nothing is scheduled
 */
public record MasterSpec(double cpus, MemorySize memory, Port uiPort, Duration recoveryTimeout) {

    /** One CPU, 1 GiB, its page on port 8080. */
    public static final MasterSpec DEFAULT =
            new MasterSpec(1, MemorySize.gibibytes(1), Port.of(8080), Duration.ofSeconds(10));

    /**
     * The same master with its page published on another port.
     *
     * @throws IllegalArgumentException if the port is not 1024 to 65535
     */
    public MasterSpec withUiPort(int port) {
        return new MasterSpec(cpus, memory, Port.of(port), recoveryTimeout);
    }

    /** The same master with another memory limit. */
    public MasterSpec withMemory(MemorySize limit) {
        return new MasterSpec(cpus, limit, uiPort, recoveryTimeout);
    }
}
