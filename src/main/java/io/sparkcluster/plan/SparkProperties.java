package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Spark properties of each role. See <a href="https://spark.apache.org/docs/latest/configuration.html">Configuration</a>,
 * <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Standalone mode</a>,
 * <a href="https://spark.apache.org/docs/latest/running-on-kubernetes.html">Running on Kubernetes</a> and
 * <a href="https://spark.apache.org/docs/latest/security.html">Security</a>.
 */
final class SparkProperties {

    private static final String EVERY_ADDRESS = "0.0.0.0";

    private SparkProperties() {}

    /** What the master's daemon reads. */
    static SortedMap<String, String> master(ClusterSpec spec, SparkRelease release) {
        var properties = common(spec);
        // Without recovery a restarted master orders the executors it does not know to be killed, and with them
        // running jobs.
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
        properties.put("spark.ui.reverseProxy", "true");
        return properties;
    }

    /** What a worker's daemon reads. */
    static SortedMap<String, String> worker(ClusterSpec spec) {
        var properties = common(spec);
        properties.put("spark.decommission.enabled", "true");
        properties.put("spark.worker.cleanup.enabled", "true");
        // A worker that lost its master comes back by the name it was given, not by an address that may be gone.
        properties.put("spark.worker.preferConfiguredMasterAddress", "true");
        properties.put("spark.ui.reverseProxy", "true");
        return properties;
    }

    /** What drivers on the edge node read, and what their executors get from them, where a master gives them away. */
    static SortedMap<String, String> standalone(ClusterSpec spec, String masterUrl, String edgeHost, Sizing sizing) {
        var properties = application(spec, masterUrl, sizing);
        properties.put("spark.driver.host", edgeHost);
        properties.put("spark.driver.bindAddress", EVERY_ADDRESS);
        properties.put("spark.ui.reverseProxy", "true");
        properties.putAll(spec.sparkConf());
        return properties;
    }

    /** What drivers on the edge node and in pods of their own read, where Kubernetes gives executors. */
    static SortedMap<String, String> kubernetes(ClusterSpec spec, String masterUrl, Sizing sizing) {
        var workers = spec.workers();
        var properties = application(spec, masterUrl, sizing);
        properties.put("spark.kubernetes.namespace", OnDemand.from(OnDemand.NAMESPACE));
        properties.put("spark.kubernetes.container.image", OnDemand.from(OnDemand.IMAGE));
        properties.put("spark.kubernetes.container.image.pullPolicy", OnDemand.from(OnDemand.PULL_POLICY));
        properties.put(
                "spark.kubernetes.executor.podTemplateFile", Paths.TEMPLATES + "/" + OnDemand.fileName(Role.EXECUTOR));
        properties.put(
                "spark.kubernetes.driver.podTemplateFile", Paths.TEMPLATES + "/" + OnDemand.fileName(Role.DRIVER));
        // An executor's pod is as large as a worker would be: what is not heap is for JVM internals and Python.
        properties.put("spark.executor.cores", Integer.toString(workers.cores()));
        properties.put("spark.kubernetes.executor.limit.cores", Integer.toString(workers.cores()));
        properties.put("spark.kubernetes.executor.request.cores", OnDemand.from(OnDemand.EXECUTOR_CPU));
        properties.put(
                "spark.executor.memoryOverhead",
                workers.memory().minus(sizing.executorHeap()).spark());
        properties.put("spark.kubernetes.driver.request.cores", OnDemand.from(OnDemand.DRIVER_CPU));
        // Executors come with the work, the first one with the session, and go when they were idle for a minute.
        // They hand their shuffle files over before; with tracking as well, which is Spark's default, they would
        // stay as long as the notebook holds a result of them.
        properties.put("spark.dynamicAllocation.enabled", "true");
        properties.put("spark.dynamicAllocation.shuffleTracking.enabled", "false");
        properties.put("spark.dynamicAllocation.initialExecutors", "1");
        properties.put("spark.dynamicAllocation.minExecutors", "0");
        properties.put(
                "spark.dynamicAllocation.maxExecutors", Integer.toString(Sizing.executorsOfOneApplication(spec)));
        // The entry point writes the executor's configuration; Spark's own map would be mounted over it, read-only.
        properties.put("spark.kubernetes.executor.disableConfigMap", "true");
        properties.put("spark.kubernetes.decommission.script", Paths.PROGRAMS + "/decommission");
        properties.put(
                "spark.executor.decommission.forceKillTimeout",
                workers.decommissionTimeout().toSeconds() + "s");
        // Newer releases put half a minute in the place of what the template says.
        properties.put(
                "spark.kubernetes.executor.terminationGracePeriodSeconds",
                workers.decommissionTimeout()
                                .plus(NodePlanner.AFTER_DECOMMISSION)
                                .toSeconds()
                        + "s");
        // Files of a job in cluster mode go to its driver through the workspace, the one place that both see.
        properties.put("spark.kubernetes.file.upload.path", "file:" + Paths.WORKSPACE + "/.sparkcluster/uploads");
        // Since 4.2 Spark adds a policy of its own, for which it would need one more right; the cluster has one.
        properties.put(
                "spark.kubernetes.driver.pod.excludedFeatureSteps",
                "org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep");
        // A driver would otherwise look for services and claims of its own to delete, which it does not have or
        // which go with its pod, and would need the right to delete those of everybody.
        properties.put("spark.kubernetes.driver.service.deleteOnTermination", "false");
        properties.put("spark.kubernetes.driver.ownPersistentVolumeClaim", "false");
        properties.put("spark.kubernetes.driver.reusePersistentVolumeClaim", "false");
        if (spec.security().authenticate()) {
            // As a file, since Spark would otherwise put the secret into the description of every pod. The
            // properties of a job in cluster mode go into a map that everybody in the namespace may read.
            properties.put("spark.authenticate.secret.file", SecretName.SPARK_AUTH.file());
        }
        properties.putAll(spec.sparkConf());
        return properties;
    }

    /** What only a driver on the edge node itself may have: in cluster mode the driver is elsewhere, and Spark refuses these. */
    static SortedMap<String, String> ownDriver(String edgeHost) {
        var properties = new TreeMap<String, String>();
        properties.put("spark.driver.host", edgeHost);
        properties.put("spark.driver.bindAddress", EVERY_ADDRESS);
        // Makes the pod the owner of its executors: they end with it, even if nobody told them to.
        properties.put("spark.kubernetes.driver.pod.name", OnDemand.from(OnDemand.POD_NAME));
        return properties;
    }

    private static SortedMap<String, String> application(ClusterSpec spec, String masterUrl, Sizing sizing) {
        var properties = common(spec);
        properties.put("spark.master", masterUrl);
        properties.put("spark.driver.port", Ports.DRIVER.toString());
        properties.put("spark.driver.blockManager.port", Ports.DRIVER_BLOCKS.toString());
        properties.put("spark.driver.memory", sizing.driverHeap().spark());
        properties.put("spark.executor.memory", sizing.executorHeap().spark());
        properties.put("spark.pyspark.python", Paths.PYTHON);
        properties.put("spark.jars.ivy", Paths.HOME + "/.ivy2");
        properties.put("spark.sql.warehouse.dir", "file:" + Paths.WORKSPACE + "/spark-warehouse");
        // A worker or executor that leaves hands its blocks over, so that no stage is computed again.
        properties.put("spark.decommission.enabled", "true");
        properties.put("spark.storage.decommission.enabled", "true");
        properties.put("spark.storage.decommission.rddBlocks.enabled", "true");
        properties.put("spark.storage.decommission.shuffleBlocks.enabled", "true");
        // Progress bars are written to standard error and would fill the cells of a notebook.
        properties.put("spark.ui.showConsoleProgress", "false");
        return properties;
    }

    private static SortedMap<String, String> common(ClusterSpec spec) {
        var properties = new TreeMap<String, String>();
        // Spark's pages ask no token of a request that ends an application or a job: a page of any origin could send
        // it.
        properties.put("spark.ui.killEnabled", "false");
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
