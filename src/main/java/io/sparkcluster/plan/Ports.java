package io.sparkcluster.plan;

import io.sparkcluster.model.Port;

/**
 * Where processes listen inside the cluster's network; only published ports can collide with others. Each further driver on the same node
 * takes the next higher port, at most {@code spark.port.maxRetries} (16) times.
 */
final class Ports {

    /** Spark's own default for the master, which users know. */
    static final Port MASTER = Port.of(7077);

    static final Port MASTER_UI = Port.of(8080);
    static final Port WORKER = Port.of(7079);
    static final Port WORKER_UI = Port.of(8081);
    /** Spark's own default for the history server. */
    static final Port HISTORY_UI = Port.of(18_080);

    static final Port JUPYTERLAB = Port.of(8888);

    /** First of the ports on which executors reach a driver. */
    static final Port DRIVER = Port.of(7100);

    /** First of the ports on which executors fetch a driver's blocks. */
    static final Port DRIVER_BLOCKS = Port.of(7200);

    /** First of the ports of a driver's web page; where there is a master, its page leads there. */
    static final Port DRIVER_UI = Port.of(4040);

    private Ports() {}
}
