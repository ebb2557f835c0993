package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.plan.ImageContract.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Kubernetes as the cluster manager: a driver requests a pod for each executor. See <a
 * href="https://spark.apache.org/docs/latest/running-on-kubernetes.html">Running Spark on Kubernetes</a>.
 */
final class KubernetesManager implements ManagerRules {

    /** The address of the Kubernetes API, the same in every namespace. */
    private static final String API = "k8s://https://kubernetes.default.svc:443";

    private static final List<String> OPEN_NAMESPACES = List.of(
            "spark.kubernetes.driver.annotation.",
            "spark.kubernetes.driver.label.",
            "spark.kubernetes.driver.node.selector.",
            "spark.kubernetes.driver.secretKeyRef.",
            "spark.kubernetes.driver.secrets.",
            "spark.kubernetes.driver.service.annotation.",
            "spark.kubernetes.driver.service.label.",
            "spark.kubernetes.driver.volumes.",
            "spark.kubernetes.driverEnv.",
            "spark.kubernetes.executor.annotation.",
            "spark.kubernetes.executor.label.",
            "spark.kubernetes.executor.node.selector.",
            "spark.kubernetes.executor.secretKeyRef.",
            "spark.kubernetes.executor.secrets.",
            "spark.kubernetes.executor.volumes.",
            "spark.kubernetes.node.selector.");

    /** Properties that name a Kubernetes secret, but do not contain it. */
    private static final Pattern REFERENCE = Pattern.compile("spark\\.kubernetes\\.(.*\\.(secrets|secretKeyRef)\\..*"
            + "|container\\.image\\.pullSecrets|kerberos\\.tokenSecret\\..*)");

    @Override
    public ClusterManager manager() {
        return ClusterManager.KUBERNETES;
    }

    @Override
    public List<NodeKind> kinds() {
        return List.of(NodeKind.EDGE, NodeKind.EXECUTOR, NodeKind.DRIVER);
    }

    @Override
    public List<Problem> problems(ClusterSpec spec) {
        var problems = new ArrayList<Problem>();
        int executors = spec.workers().total();
        if (spec.workers().groups().size() > 1) {
            problems.add(new Problem(
                    "workers.groups",
                    spec.workers().groups().stream().map(WorkerGroup::name).collect(Collectors.joining(", ")),
                    "with clusterManager kubernetes all executors are of one size",
                    "Leave one group, or set clusterManager to standalone"));
        } else if (spec.applications().concurrent() > executors) {
            problems.add(new Problem(
                    "applications.concurrent",
                    Integer.toString(spec.applications().concurrent()),
                    "with clusterManager kubernetes each application gets whole executors, and "
                            + Sizing.executorsField(spec) + " is " + executors,
                    "Lower it to " + executors + ", or raise " + Sizing.executorsField(spec)));
        }
        spec.workers()
                .autoscale()
                .ifPresent(scaling -> problems.add(new Problem(
                        "workers.autoscale",
                        "max " + scaling.max(),
                        "with clusterManager kubernetes the number of executors follows the work anyway",
                        "Remove it, and set " + Sizing.executorsField(spec)
                                + " to the most executors that there may be")));
        return problems;
    }

    @Override
    public Optional<Problem> withoutPods(String platform) {
        return Optional.of(new Problem(
                "clusterManager",
                manager().label(),
                platform + " starts no executor pods; only the platform kubernetes does",
                "Remove it, or set platform to kubernetes"));
    }

    @Override
    public String masterUrl(NodePlanner nodes) {
        return API;
    }

    @Override
    public List<NodeSpec> nodes(NodePlanner nodes) {
        return List.of(edge(nodes));
    }

    /** Unlike with a master, Spark itself reads the secret from its file, so that no configuration file of the node contains it. */
    private static NodeSpec edge(NodePlanner nodes) {
        var environment = nodes.edgeEnvironment();
        environment.put(
                Variable.CLIENT_OPTIONS,
                ownDriver(nodes.edgeHost()).values().entrySet().stream()
                        .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                        .collect(Collectors.joining(" ")));
        return nodes.edge(
                environment,
                applications(nodes.spec(), nodes.sizing()).with(nodes.spec().sparkConf()),
                // No master's page links to the pages of applications: the first application's page is published in
                // its place.
                new ListenPort(
                        "driver-ui",
                        Ports.DRIVER_UI,
                        Optional.of(nodes.sparkPage("driverUiUrl", "the page of the running application", false))),
                Optional.of(new ExecutorPodsPlanner(nodes.spec(), nodes.proxy())
                        .plan(podMounts(nodes), HistoryPlanner.driverMounts(nodes.spec()))));
    }

    /** Spark uses a volume for its scratch files only if the name starts with {@code spark-local-dir-}; otherwise it adds one. */
    private static List<Mount> podMounts(NodePlanner nodes) {
        return nodes.daemonMounts(
                new Mount.Shared(VolumePlan.WORKSPACE, ImageContract.WORKSPACE),
                new Mount.Own("spark-local-dir-1", ImageContract.SCRATCH, false));
    }

    @Override
    public List<PlannedProperties> ofEveryRole(ClusterSpec spec, SparkRelease release) {
        return List.of(ofApplications(spec), ownDriver(SparkProperties.ANY_HOST));
    }

    @Override
    public PlannedProperties ofApplications(ClusterSpec spec) {
        return applications(spec, Sizing.of(spec));
    }

    /** The properties of drivers, both on the edge node and in separate pods. */
    private static PlannedProperties applications(ClusterSpec spec, Sizing sizing) {
        // Several groups were refused before.
        var workers = spec.workers().all().get(0);
        var decommission = spec.workers().decommissionTimeout();
        var properties = SparkProperties.application(spec, API, sizing);
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
        // Executors start when there is work, the first one with the session, and stop after an idle minute. They
        // hand over their shuffle files first; with shuffle tracking too, which is Spark's default, they would stay as
        // long as the notebook holds one of their results.
        properties.fixed("spark.dynamicAllocation.enabled", "true");
        properties.defaultValue("spark.dynamicAllocation.shuffleTracking.enabled", "false");
        properties.defaultValue("spark.dynamicAllocation.initialExecutors", "1");
        properties.defaultValue("spark.dynamicAllocation.minExecutors", "0");
        properties.fixed(
                "spark.dynamicAllocation.maxExecutors",
                Integer.toString(Sizing.executorsOfOneApplication(spec)),
                "set " + Sizing.executorsField(spec) + " and applications.concurrent");
        // The entry point writes the executor's configuration; Spark's own map would be mounted over it, read-only.
        properties.fixed("spark.kubernetes.executor.disableConfigMap", "true");
        properties.fixed("spark.kubernetes.decommission.script", ImageContract.DECOMMISSION);
        properties.fixed(
                "spark.executor.decommission.forceKillTimeout",
                decommission.toSeconds() + "s",
                "set workers.decommissionTimeout");
        // Newer releases replace the template's grace period with 30 s if this property is not set.
        properties.fixed(
                "spark.kubernetes.executor.terminationGracePeriodSeconds",
                decommission.plus(NodePlanner.AFTER_DECOMMISSION).toSeconds() + "s",
                "set workers.decommissionTimeout");
        // Files of a job in cluster mode go to its driver through the workspace, the one place that both see.
        properties.defaultValue(
                "spark.kubernetes.file.upload.path", "file:" + ImageContract.WORKSPACE + "/.sparkcluster/uploads");
        // Since 4.2 Spark adds a network policy, for which it would need one more permission. The cluster has its own.
        properties.fixed(
                "spark.kubernetes.driver.pod.excludedFeatureSteps",
                "org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep");
        // Otherwise a driver would try to delete its services and claims, and would need permission to delete those of
        // everybody. It has no claims, and its services are removed with its pod.
        properties.fixed("spark.kubernetes.driver.service.deleteOnTermination", "false");
        properties.fixed("spark.kubernetes.driver.ownPersistentVolumeClaim", "false");
        properties.fixed("spark.kubernetes.driver.reusePersistentVolumeClaim", "false");
        if (spec.security().authenticate()) {
            // As a file, since Spark would otherwise write the secret into every pod's specification and, for a job in
            // cluster mode, into a ConfigMap that others in the namespace may read.
            properties.fixed("spark.authenticate.secret.file", SecretSpec.SPARK_AUTH.file());
        }
        return properties;
    }

    /** Properties of drivers on the edge node only: in cluster mode the driver runs elsewhere, and Spark refuses them. */
    private static PlannedProperties ownDriver(String edgeHost) {
        var properties = new PlannedProperties();
        properties.fixed("spark.driver.host", edgeHost);
        properties.fixed("spark.driver.bindAddress", SparkProperties.EVERY_ADDRESS);
        // Makes the edge node's pod the owner of its executors: Kubernetes removes them when the pod is gone.
        properties.fixed("spark.kubernetes.driver.pod.name", ExecutorPods.from(ExecutorPods.POD_NAME));
        return properties;
    }

    @Override
    public MemorySize besidesExecutors() {
        return Sizing.EXECUTOR_POD;
    }

    @Override
    public int executorsOfOneWorker(ClusterSpec spec) {
        return 1;
    }

    @Override
    public Room besideHeap(ClusterSpec spec) {
        var workers = Sizing.smallest(spec);
        return new Room(
                workers.memory().mebibytes(),
                "it is more than " + workers.field() + ".memory, which is " + workers.memory());
    }

    @Override
    public boolean startsDrivers() {
        return true;
    }

    @Override
    public void conflicts(ClusterSpec spec, UserProperties users) {
        for (String role : List.of("driver", "executor")) {
            String name = "spark.kubernetes." + role + ".container.image";
            users.user(name)
                    .ifPresent(value -> users.refuse(
                            name,
                            "it takes the place of the image that fits this cluster's Spark, Java and Python",
                            "Remove it; set images.sparkWorker"));
        }
        users.whole("spark.ui.port")
                .filter(port -> port != Ports.DRIVER_UI.number())
                .ifPresent(port -> users.refuse(
                        "spark.ui.port",
                        "the page of the first application is published from port " + Ports.DRIVER_UI,
                        "Remove it; set master.uiPort for the port on which it is published"));
    }

    @Override
    public Optional<String> showsProperties() {
        return Optional.of(
                "spark-submit writes the properties of a job in cluster mode into a ConfigMap, which others in the"
                        + " namespace may read");
    }

    @Override
    public String smokeTestOption() {
        return "--executors";
    }

    @Override
    public List<String> openNamespaces() {
        return OPEN_NAMESPACES;
    }

    @Override
    public boolean namesSecret(String property) {
        return REFERENCE.matcher(property).matches();
    }
}
