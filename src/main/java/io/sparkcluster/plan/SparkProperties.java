package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;

/**
 * The Spark properties of each role, each fixed or a default; {@link KubernetesManager} has those for Kubernetes. See
 * <a href="https://spark.apache.org/docs/latest/configuration.html">Configuration</a>,
 * <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Standalone mode</a> and
 * <a href="https://spark.apache.org/docs/latest/security.html">Security</a>.
 */
final class SparkProperties {

    static final String EVERY_ADDRESS = "0.0.0.0";

    /** A host name for checks of properties that do not depend on the names of nodes. */
    static final String ANY_HOST = "any";

    private SparkProperties() {}

    /** The properties of the master's daemon. */
    static PlannedProperties master(ClusterSpec spec, SparkRelease release) {
        var properties = common(spec);
        // Without recovery, a restarted master has executors that it does not know killed, and running jobs with them.
        properties.fixed("spark.deploy.recoveryMode", release.isAtLeast4() ? "ROCKSDB" : "FILESYSTEM");
        // State that another release wrote cannot be read: a master that finds such state comes up, but accepts no
        // worker.
        properties.fixed("spark.deploy.recoveryDirectory", ImageContract.RECOVERY + "/" + release.version());
        if (release.isAtLeast4()) {
            properties.fixed(
                    "spark.deploy.recoveryTimeout",
                    Long.toString(spec.master().recoveryTimeout().toSeconds()),
                    "set master.recoveryTimeout");
        }
        // The REST server does not authenticate. Since 4.1 it is on by default, and 4.x starts it without a warning
        // even if there is a secret.
        properties.fixed("spark.master.rest.enabled", "false");
        properties.fixed("spark.ui.reverseProxy", "true");
        return properties;
    }

    /** The properties of a worker's daemon. */
    static PlannedProperties worker(ClusterSpec spec) {
        var properties = common(spec);
        properties.fixed("spark.decommission.enabled", "true");
        properties.fixed("spark.worker.cleanup.enabled", "true");
        // A worker that lost its master reconnects by the configured name, not by an address that may be gone.
        properties.fixed("spark.worker.preferConfiguredMasterAddress", "true");
        properties.fixed("spark.ui.reverseProxy", "true");
        return properties;
    }

    /** The properties of drivers on the edge node, and of their executors, in a cluster with a master. */
    static PlannedProperties standalone(ClusterSpec spec, String masterUrl, String edgeHost, Sizing sizing) {
        var properties = application(spec, masterUrl, sizing);
        properties.fixed("spark.driver.host", edgeHost);
        properties.fixed("spark.driver.bindAddress", EVERY_ADDRESS);
        properties.fixed("spark.ui.reverseProxy", "true");
        // A worker hands the secret to executors in this variable, and their Python processes would inherit it.
        properties.fixed("spark.executorEnv._SPARK_AUTH_SECRET", "hidden");
        return properties;
    }

    /** The properties of drivers with every cluster manager. */
    static PlannedProperties application(ClusterSpec spec, String masterUrl, Sizing sizing) {
        var properties = common(spec);
        properties.fixed("spark.master", masterUrl);
        properties.fixed("spark.driver.port", Ports.DRIVER.toString());
        properties.fixed("spark.driver.blockManager.port", Ports.DRIVER_BLOCKS.toString());
        properties.fixed("spark.driver.memory", sizing.driverHeap().spark(), "set applications.driverMemory");
        properties.fixed("spark.executor.memory", sizing.executorHeap().spark(), "set applications.executorMemory");
        properties.fixed("spark.pyspark.python", ImageContract.PYTHON, "set versions.python");
        properties.defaultValue("spark.jars.ivy", ImageContract.HOME + "/.ivy2");
        properties.defaultValue("spark.sql.warehouse.dir", "file:" + ImageContract.WORKSPACE + "/spark-warehouse");
        // A stopping worker or executor hands its blocks over, so that no stage is computed again.
        properties.fixed("spark.decommission.enabled", "true");
        properties.defaultValue("spark.storage.decommission.enabled", "true");
        properties.defaultValue("spark.storage.decommission.rddBlocks.enabled", "true");
        properties.defaultValue("spark.storage.decommission.shuffleBlocks.enabled", "true");
        // Progress bars are written to standard error and would fill the cells of a notebook.
        properties.defaultValue("spark.ui.showConsoleProgress", "false");
        SecretProperties.hide(spec, properties);
        HistoryPlanner.applications(spec, properties);
        return properties;
    }

    private static PlannedProperties common(ClusterSpec spec) {
        var properties = new PlannedProperties();
        // Before 4.2.1, Spark's pages accept requests to kill an application or a job without a token, so that any web
        // site could send them. Users may turn the links on again for their sessions; daemons do not read that.
        properties.defaultValue("spark.ui.killEnabled", "false");
        if (spec.security().authenticate()) {
            properties.fixed("spark.authenticate", "true", "set security.authenticate");
        }
        if (spec.security().encrypt()) {
            properties.fixed("spark.network.crypto.enabled", "true", "set security.encrypt");
            // The default of older releases is a cipher without authentication (CVE-2025-55039).
            properties.fixed("spark.network.crypto.cipher", "AES/GCM/NoPadding");
            properties.fixed("spark.network.crypto.saslFallback", "false");
        }
        return properties;
    }
}
