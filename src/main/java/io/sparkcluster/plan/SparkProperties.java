package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import java.util.List;

/**
 * The Spark properties of each role, each fixed or a default. See <a href="https://spark.apache.org/docs/latest/configuration.html">Configuration</a>,
 * <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Standalone mode</a>,
 * <a href="https://spark.apache.org/docs/latest/running-on-kubernetes.html">Running on Kubernetes</a> and
 * <a href="https://spark.apache.org/docs/latest/security.html">Security</a>.
 */
final class SparkProperties {

    private static final String EVERY_ADDRESS = "0.0.0.0";
    private static final String ANY_HOST = "any";

    private SparkProperties() {}

    /** What is planned for each role of a cluster, for checks that do not depend on where its nodes are. */
    static List<PlannedProperties> ofEveryRole(ClusterSpec spec, SparkRelease release) {
        return spec.clusterManager() == ClusterManager.KUBERNETES
                ? List.of(ofApplications(spec), ownDriver(ANY_HOST))
                : List.of(master(spec, release), worker(spec), ofApplications(spec));
    }

    /** What is planned for applications, for checks that do not depend on where nodes are. */
    static PlannedProperties ofApplications(ClusterSpec spec) {
        var sizing = Sizing.of(spec);
        return spec.clusterManager() == ClusterManager.KUBERNETES
                ? kubernetes(spec, ANY_HOST, sizing)
                : standalone(spec, ANY_HOST, ANY_HOST, sizing);
    }

    /** What the master's daemon reads. */
    static PlannedProperties master(ClusterSpec spec, SparkRelease release) {
        var properties = common(spec);
        // Without recovery a restarted master orders the executors it does not know to be killed, and with them
        // running jobs.
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
        // The REST server knows no secret; since 4.1 it is on by default, and 4.x starts it beside one without a word.
        properties.fixed("spark.master.rest.enabled", "false");
        properties.fixed("spark.ui.reverseProxy", "true");
        return properties;
    }

    /** What a worker's daemon reads. */
    static PlannedProperties worker(ClusterSpec spec) {
        var properties = common(spec);
        properties.fixed("spark.decommission.enabled", "true");
        properties.fixed("spark.worker.cleanup.enabled", "true");
        // A worker that lost its master comes back by the name it was given, not by an address that may be gone.
        properties.fixed("spark.worker.preferConfiguredMasterAddress", "true");
        properties.fixed("spark.ui.reverseProxy", "true");
        return properties;
    }

    /** What drivers on the edge node read, and what their executors get from them, where a master gives them away. */
    static PlannedProperties standalone(ClusterSpec spec, String masterUrl, String edgeHost, Sizing sizing) {
        var properties = application(spec, masterUrl, sizing);
        properties.fixed("spark.driver.host", edgeHost);
        properties.fixed("spark.driver.bindAddress", EVERY_ADDRESS);
        properties.fixed("spark.ui.reverseProxy", "true");
        // A worker hands the secret to executors in this variable, and their Python processes would inherit it.
        properties.fixed("spark.executorEnv._SPARK_AUTH_SECRET", "hidden");
        return properties;
    }

    /** What drivers on the edge node and in pods of their own read, where Kubernetes gives executors. */
    static PlannedProperties kubernetes(ClusterSpec spec, String masterUrl, Sizing sizing) {
        // There is one group: validated before.
        var workers = spec.workers().all().get(0);
        var decommission = spec.workers().decommissionTimeout();
        var properties = application(spec, masterUrl, sizing);
        properties.fixed("spark.kubernetes.namespace", ExecutorPods.from(ExecutorPods.NAMESPACE));
        properties.fixed(
                "spark.kubernetes.container.image", ExecutorPods.from(ExecutorPods.IMAGE), "set images.sparkWorker");
        properties.fixed("spark.kubernetes.container.image.pullPolicy", ExecutorPods.from(ExecutorPods.PULL_POLICY));
        properties.fixed(
                "spark.kubernetes.executor.podTemplateFile",
                ImageContract.TEMPLATES + "/" + ExecutorPods.fileName(NodeKind.EXECUTOR));
        properties.fixed(
                "spark.kubernetes.driver.podTemplateFile",
                ImageContract.TEMPLATES + "/" + ExecutorPods.fileName(NodeKind.DRIVER));
        // An executor's pod is as large as a worker would be: what is not heap is for JVM internals and Python.
        properties.defaultValue("spark.executor.cores", Integer.toString(workers.cores()));
        properties.defaultValue("spark.kubernetes.executor.limit.cores", Integer.toString(workers.cores()));
        properties.defaultValue(
                "spark.kubernetes.executor.request.cores", ExecutorPods.from(ExecutorPods.EXECUTOR_CPU));
        properties.fixed(
                "spark.executor.memoryOverhead",
                workers.memory().minus(sizing.executorHeap()).spark(),
                "set " + workers.field() + ".memory");
        properties.defaultValue("spark.kubernetes.driver.request.cores", ExecutorPods.from(ExecutorPods.DRIVER_CPU));
        // Executors come with the work, the first one with the session, and go when they were idle for a minute.
        // They hand their shuffle files over before; with tracking as well, which is Spark's default, they would
        // stay as long as the notebook holds a result of them.
        properties.fixed("spark.dynamicAllocation.enabled", "true");
        properties.defaultValue("spark.dynamicAllocation.shuffleTracking.enabled", "false");
        properties.defaultValue("spark.dynamicAllocation.initialExecutors", "1");
        properties.defaultValue("spark.dynamicAllocation.minExecutors", "0");
        properties.fixed(
                "spark.dynamicAllocation.maxExecutors",
                Integer.toString(Sizing.executorsOfOneApplication(spec)),
                "set workers.count and applications.concurrent");
        // The entry point writes the executor's configuration; Spark's own map would be mounted over it, read-only.
        properties.fixed("spark.kubernetes.executor.disableConfigMap", "true");
        properties.fixed("spark.kubernetes.decommission.script", ImageContract.DECOMMISSION);
        properties.fixed(
                "spark.executor.decommission.forceKillTimeout",
                decommission.toSeconds() + "s",
                "set workers.decommissionTimeout");
        // Newer releases put half a minute in the place of what the template says.
        properties.fixed(
                "spark.kubernetes.executor.terminationGracePeriodSeconds",
                decommission.plus(NodePlanner.AFTER_DECOMMISSION).toSeconds() + "s",
                "set workers.decommissionTimeout");
        // Files of a job in cluster mode go to its driver through the workspace, the one place that both see.
        properties.defaultValue(
                "spark.kubernetes.file.upload.path", "file:" + ImageContract.WORKSPACE + "/.sparkcluster/uploads");
        // Since 4.2 Spark adds a policy of its own, for which it would need one more right; the cluster has one.
        properties.fixed(
                "spark.kubernetes.driver.pod.excludedFeatureSteps",
                "org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep");
        // A driver would otherwise look for services and claims of its own to delete, which it does not have or
        // which go with its pod, and would need the right to delete those of everybody.
        properties.fixed("spark.kubernetes.driver.service.deleteOnTermination", "false");
        properties.fixed("spark.kubernetes.driver.ownPersistentVolumeClaim", "false");
        properties.fixed("spark.kubernetes.driver.reusePersistentVolumeClaim", "false");
        if (spec.security().authenticate()) {
            // As a file, since Spark would otherwise put the secret into the description of every pod. The
            // properties of a job in cluster mode go into a map that everybody in the namespace may read.
            properties.fixed("spark.authenticate.secret.file", SecretName.SPARK_AUTH.file());
        }
        return properties;
    }

    /** What only a driver on the edge node itself may have: in cluster mode the driver is elsewhere, and Spark refuses these. */
    static PlannedProperties ownDriver(String edgeHost) {
        var properties = new PlannedProperties();
        properties.fixed("spark.driver.host", edgeHost);
        properties.fixed("spark.driver.bindAddress", EVERY_ADDRESS);
        // Makes the pod the owner of its executors: they end with it, even if nobody told them to.
        properties.fixed("spark.kubernetes.driver.pod.name", ExecutorPods.from(ExecutorPods.POD_NAME));
        return properties;
    }

    private static PlannedProperties application(ClusterSpec spec, String masterUrl, Sizing sizing) {
        var properties = common(spec);
        properties.fixed("spark.master", masterUrl);
        properties.fixed("spark.driver.port", Ports.DRIVER.toString());
        properties.fixed("spark.driver.blockManager.port", Ports.DRIVER_BLOCKS.toString());
        properties.fixed("spark.driver.memory", sizing.driverHeap().spark(), "set applications.driverMemory");
        properties.fixed("spark.executor.memory", sizing.executorHeap().spark(), "set applications.executorMemory");
        properties.fixed("spark.pyspark.python", ImageContract.PYTHON, "set versions.python");
        properties.defaultValue("spark.jars.ivy", ImageContract.HOME + "/.ivy2");
        properties.defaultValue("spark.sql.warehouse.dir", "file:" + ImageContract.WORKSPACE + "/spark-warehouse");
        // A worker or executor that leaves hands its blocks over, so that no stage is computed again.
        properties.fixed("spark.decommission.enabled", "true");
        properties.defaultValue("spark.storage.decommission.enabled", "true");
        properties.defaultValue("spark.storage.decommission.rddBlocks.enabled", "true");
        properties.defaultValue("spark.storage.decommission.shuffleBlocks.enabled", "true");
        // Progress bars are written to standard error and would fill the cells of a notebook.
        properties.defaultValue("spark.ui.showConsoleProgress", "false");
        return properties;
    }

    private static PlannedProperties common(ClusterSpec spec) {
        var properties = new PlannedProperties();
        // Before 4.2.1 Spark's pages ask no token of a request that ends an application or a job: any site's page could
        // send
        // it. Users may want the links back in their sessions; what they set reaches no daemon.
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
