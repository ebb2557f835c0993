package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Spark properties of each role. See <a href="https://spark.apache.org/docs/latest/configuration.html">Configuration</a>,
 * <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Standalone mode</a> and
 * <a href="https://spark.apache.org/docs/latest/security.html">Security</a>.
 */
final class SparkProperties {

    private SparkProperties() {}

    /** What the master's daemon reads. */
    static SortedMap<String, String> master(ClusterSpec spec, SparkRelease release) {
        var properties = common(spec);
        // Without recovery a restarted master orders the executors it does not know to be killed, and with them running
        // jobs.
        properties.put("spark.deploy.recoveryMode", release.isAtLeast4() ? "ROCKSDB" : "FILESYSTEM");
        // State that another release wrote cannot be read: a master that finds such state comes up, but accepts no
        // worker.
        properties.put("spark.deploy.recoveryDirectory", Paths.RECOVERY + "/" + release.version());
        if (release.isAtLeast4()) {
            properties.put(
                    "spark.deploy.recoveryTimeout",
                    Long.toString(spec.master().recoveryTimeout().toSeconds()));
        }
        // The REST server knows no secret; since 4.1 it is on by default, and 4.x starts it beside one without a word.
        properties.put("spark.master.rest.enabled", "false");
        return properties;
    }

    /** What a worker's daemon reads. */
    static SortedMap<String, String> worker(ClusterSpec spec) {
        var properties = common(spec);
        properties.put("spark.decommission.enabled", "true");
        properties.put("spark.worker.cleanup.enabled", "true");
        // A worker that lost its master comes back by the name it was given, not by an address that may be gone.
        properties.put("spark.worker.preferConfiguredMasterAddress", "true");
        return properties;
    }

    /** What drivers on the edge node read, and what their executors get from them. */
    static SortedMap<String, String> application(ClusterSpec spec, String masterUrl, String edgeHost, Sizing sizing) {
        var properties = common(spec);
        properties.put("spark.master", masterUrl);
        properties.put("spark.driver.host", edgeHost);
        properties.put("spark.driver.bindAddress", "0.0.0.0");
        properties.put("spark.driver.port", Ports.DRIVER.toString());
        properties.put("spark.driver.blockManager.port", Ports.DRIVER_BLOCKS.toString());
        properties.put("spark.driver.memory", sizing.driverHeap().spark());
        properties.put("spark.executor.memory", sizing.executorHeap().spark());
        properties.put("spark.pyspark.python", Paths.PYTHON);
        properties.put("spark.jars.ivy", Paths.HOME + "/.ivy2");
        properties.put("spark.sql.warehouse.dir", "file:" + Paths.WORKSPACE + "/spark-warehouse");
        // A worker that leaves hands its blocks over, so that no stage is computed again.
        properties.put("spark.decommission.enabled", "true");
        properties.put("spark.storage.decommission.enabled", "true");
        properties.put("spark.storage.decommission.rddBlocks.enabled", "true");
        properties.put("spark.storage.decommission.shuffleBlocks.enabled", "true");
        // Progress bars are written to standard error and would fill the cells of a notebook.
        properties.put("spark.ui.showConsoleProgress", "false");
        properties.putAll(spec.sparkConf());
        return properties;
    }

    private static SortedMap<String, String> common(ClusterSpec spec) {
        var properties = new TreeMap<String, String>();
        properties.put("spark.ui.reverseProxy", "true");
        if (spec.security().authenticate()) {
            properties.put("spark.authenticate", "true");
        }
        if (spec.security().encrypt()) {
            properties.put("spark.network.crypto.enabled", "true");
            // The default of older releases is a cipher without authentication (CVE-2025-55039).
            properties.put("spark.network.crypto.cipher", "AES/GCM/NoPadding");
            properties.put("spark.network.crypto.saslFallback", "false");
        }
        return properties;
    }
}
