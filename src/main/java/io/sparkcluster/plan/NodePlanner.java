package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ImageContract.Role;
import io.sparkcluster.plan.ImageContract.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Derives each node: where it is, what it is told, what it may use. */
final class NodePlanner {

    /** Time for a process that was told to stop and holds nothing that others need. */
    static final Duration SHORT_GRACE = Duration.ofSeconds(15);

    /** A worker's entry point ends the daemon after the time for its executors; this is for the end itself. */
    static final Duration AFTER_DECOMMISSION = Duration.ofSeconds(15);

    /** How long a worker waits for the master's port; a lost first registration is tried again only after 5 to 15 s. */
    private static final Duration MASTER_WAIT = Duration.ofMinutes(2);

    /** Big enough for the native libraries that Spark unpacks there. */
    private static final int TEMPORARY_MEBIBYTES = 256;

    /** What Kubernetes calls its own API, in every namespace. */
    private static final String KUBERNETES_API = "k8s://https://kubernetes.default.svc:443";

    private static final int CONFIGURATION_MEBIBYTES = 1;
    private static final int DAEMON_HOME_MEBIBYTES = 16;

    private final ClusterSpec spec;
    private final SparkRelease release;
    private final Sizing sizing;
    private final Naming naming;

    NodePlanner(ClusterSpec spec, SparkRelease release, Sizing sizing, Naming naming) {
        this.spec = spec;
        this.release = release;
        this.sizing = sizing;
        this.naming = naming;
    }

    String masterUrl() {
        return switch (spec.clusterManager()) {
            case STANDALONE -> standaloneUrl();
            case KUBERNETES -> KUBERNETES_API;
        };
    }

    private String standaloneUrl() {
        return "spark://" + masterHost() + ":" + Ports.MASTER;
    }

    /** Every node in the order in which they start. */
    List<NodeSpec> nodes() {
        return switch (spec.clusterManager()) {
            case STANDALONE ->
                Stream.of(Stream.of(master()), workers(), Stream.of(standaloneEdge()))
                        .flatMap(nodes -> nodes)
                        .toList();
            case KUBERNETES -> List.of(kubernetesEdge());
        };
    }

    private NodeSpec master() {
        var environment = new TreeMap<String, String>();
        environment.put(Variable.DAEMON_MEMORY, sizing.masterHeap().spark());
        // Bind and advertise the one name that resolves to the node's own address in the cluster's network.
        environment.put(Variable.MASTER_HOST, masterHost());
        environment.put(Variable.MASTER_PORT, Ports.MASTER.toString());
        environment.put(Variable.MASTER_UI_PORT, Ports.MASTER_UI.toString());
        giveSecret(environment);
        return node(
                masterGroup(),
                1,
                Role.MASTER,
                environment,
                Set.of(Variable.MASTER_HOST),
                SparkProperties.master(spec, release).values(),
                List.of(
                        new ListenPort("rpc", Ports.MASTER, Optional.empty()),
                        new ListenPort(
                                "ui",
                                Ports.MASTER_UI,
                                Optional.of(sparkPage("masterUiUrl", "the master's page", true)))),
                daemonMounts(new Mount.Own("recovery", ImageContract.RECOVERY, true)),
                new Probe.Http(Ports.MASTER_UI, "/json/"),
                new ResourceLimits(spec.master().cpus(), spec.master().memory(), "master.cpus", "master.memory"),
                StopPolicy.within(SHORT_GRACE),
                Optional.empty());
    }

    private Stream<NodeSpec> workers() {
        return spec.workers().all().stream()
                .flatMap(workers -> IntStream.rangeClosed(1, Math.min(workers.count(), WorkerPool.MOST))
                        .mapToObj(ordinal -> worker(workers, ordinal)));
    }

    private NodeSpec worker(WorkerGroup workers, int ordinal) {
        var group = workerGroup(workers);
        var decommission = spec.workers().decommissionTimeout();
        var environment = new TreeMap<String, String>();
        environment.put(Variable.DAEMON_MEMORY, sizing.daemonHeap().spark());
        environment.put(Variable.DECOMMISSION_TIMEOUT, Long.toString(decommission.toSeconds()));
        environment.put(Variable.LOCAL_DIRS, ImageContract.SCRATCH);
        var named = new TreeSet<String>();
        if (naming.advertised(group)) {
            environment.put(Variable.LOCAL_HOSTNAME, naming.name(group, ordinal).host());
            named.add(Variable.LOCAL_HOSTNAME);
        }
        environment.put(Variable.MASTER_URL, standaloneUrl());
        environment.put(Variable.MASTER_WAIT, Long.toString(MASTER_WAIT.toSeconds()));
        // Left alone, a worker would offer the whole of the container's memory, with nothing left for itself.
        environment.put(Variable.WORKER_CORES, Integer.toString(workers.cores()));
        environment.put(
                Variable.WORKER_MEMORY, Sizing.workerOffer(spec, workers).spark());
        environment.put(Variable.WORKER_DIR, ImageContract.SCRATCH + "/work");
        environment.put(Variable.WORKER_PORT, Ports.WORKER.toString());
        environment.put(Variable.WORKER_UI_PORT, Ports.WORKER_UI.toString());
        environment.putAll(proxy());
        giveSecret(environment);
        return node(
                group,
                ordinal,
                Role.WORKER,
                environment,
                named,
                SparkProperties.worker(spec).values(),
                List.of(
                        new ListenPort("rpc", Ports.WORKER, Optional.empty()),
                        new ListenPort("ui", Ports.WORKER_UI, Optional.empty())),
                daemonMounts(
                        new Mount.Workspace(ImageContract.WORKSPACE),
                        new Mount.Own("scratch", ImageContract.SCRATCH, false)),
                new Probe.Http(Ports.WORKER_UI, "/json/"),
                new ResourceLimits(
                        workers.cores(), workers.memory(), workers.field() + ".cores", workers.field() + ".memory"),
                new StopPolicy(decommission.plus(AFTER_DECOMMISSION), List.of(ImageContract.DECOMMISSION)),
                Optional.empty());
    }

    private NodeSpec standaloneEdge() {
        var environment = edgeEnvironment();
        // The number of cores for one application is asked of the master when a session starts: a number written here
        // would be wrong after the next change of the workers, or would replace this node with every such change.
        environment.put(
                Variable.CONCURRENT_APPLICATIONS,
                Integer.toString(spec.applications().concurrent()));
        environment.put(Variable.MASTER_UI_URL, "http://" + masterHost() + ":" + Ports.MASTER_UI);
        environment.put(Variable.MASTER_URL, standaloneUrl());
        giveSecret(environment);
        return edge(
                environment,
                SparkProperties.standalone(spec, standaloneUrl(), edgeHost(), sizing)
                        .with(spec.sparkConf()),
                new ListenPort("driver-ui", Ports.DRIVER_UI, Optional.empty()),
                Optional.empty());
    }

    /** Spark finds the secret itself here, so that no file of the node's configuration holds it. */
    private NodeSpec kubernetesEdge() {
        var environment = edgeEnvironment();
        environment.put(
                Variable.CLIENT_OPTIONS,
                SparkProperties.ownDriver(edgeHost()).values().entrySet().stream()
                        .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                        .collect(Collectors.joining(" ")));
        return edge(
                environment,
                SparkProperties.kubernetes(spec, KUBERNETES_API, sizing).with(spec.sparkConf()),
                // No master's page leads to those of applications: the first one on the node has the place of the
                // master's.
                new ListenPort(
                        "driver-ui",
                        Ports.DRIVER_UI,
                        Optional.of(sparkPage("driverUiUrl", "the page of the running application", false))),
                Optional.of(new ExecutorPodsPlanner(spec, proxy()).plan(podMounts())));
    }

    private SortedMap<String, String> edgeEnvironment() {
        var environment = new TreeMap<String, String>();
        environment.put(Variable.JUPYTER_PORT, Ports.JUPYTERLAB.toString());
        environment.put(Variable.JUPYTER_TOKEN_FILE, SecretName.JUPYTER_TOKEN.file());
        environment.put(Variable.LOCAL_DIRS, ImageContract.SCRATCH);
        environment.putAll(proxy());
        return environment;
    }

    /** Python on a node asks the master and the edge node by their names; daemons ask nobody outside. */
    private Map<String, String> proxy() {
        return ProxyVariables.of(spec.proxy(), List.of(masterHost(), edgeHost()));
    }

    private NodeSpec edge(
            SortedMap<String, String> environment,
            SortedMap<String, String> properties,
            ListenPort driverUi,
            Optional<ExecutorPods> executorPods) {
        return node(
                edgeGroup(),
                1,
                Role.JUPYTERLAB,
                environment,
                Set.of(),
                properties,
                List.of(
                        new ListenPort(
                                "jupyterlab",
                                Ports.JUPYTERLAB,
                                Optional.of(new Endpoint(
                                        "jupyterUrl",
                                        spec.edge().port(),
                                        "edge.port",
                                        "JupyterLab",
                                        "its token",
                                        true))),
                        new ListenPort("driver", Ports.DRIVER, Optional.empty()),
                        new ListenPort("driver-blocks", Ports.DRIVER_BLOCKS, Optional.empty()),
                        driverUi),
                mounts(
                        new Mount.Workspace(ImageContract.WORKSPACE),
                        new Mount.Own("scratch", ImageContract.SCRATCH, false),
                        new Mount.Own("home", ImageContract.HOME, false),
                        new Mount.Secret(SecretName.JUPYTER_TOKEN)),
                new Probe.Http(Ports.JUPYTERLAB, "/api"),
                new ResourceLimits(spec.edge().cpus(), spec.edge().memory(), "edge.cpus", "edge.memory"),
                StopPolicy.within(SHORT_GRACE),
                executorPods);
    }

    /** Spark takes a volume for its scratch files only if its name starts like that; otherwise it adds one. */
    private List<Mount> podMounts() {
        return daemonMounts(
                new Mount.Workspace(ImageContract.WORKSPACE),
                new Mount.Own("spark-local-dir-1", ImageContract.SCRATCH, false));
    }

    private void giveSecret(SortedMap<String, String> environment) {
        if (spec.security().authenticate()) {
            environment.put(Variable.AUTH_SECRET_FILE, SecretName.SPARK_AUTH.file());
        }
    }

    private NodeSpec node(
            NodeGroup group,
            int ordinal,
            Role role,
            SortedMap<String, String> environment,
            Set<String> nameVariables,
            SortedMap<String, String> sparkConf,
            List<ListenPort> ports,
            List<Mount> mounts,
            Probe alive,
            ResourceLimits resources,
            StopPolicy stop,
            Optional<ExecutorPods> executorPods) {
        return new NodeSpec(
                group,
                naming.name(group, ordinal),
                List.of(role.word()),
                environment,
                nameVariables,
                sparkConf,
                ports,
                mounts,
                HealthCheck.of(new Probe.Command(ImageContract.healthy(role)), alive),
                resources,
                stop,
                executorPods);
    }

    private NodeGroup masterGroup() {
        return NodeGroup.only(spec.name(), NodeKind.MASTER, Traits.MASTER, Set.of());
    }

    private NodeGroup workerGroup(WorkerGroup workers) {
        var after = Set.of(masterGroup().id());
        return workers.name().isEmpty()
                ? NodeGroup.only(spec.name(), NodeKind.WORKER, Traits.WORKER, after)
                        .scaled(spec.workers().autoscale())
                : NodeGroup.variant(
                        spec.name(), NodeKind.WORKER, workers.name(), Traits.WORKER, workers.placement(), after);
    }

    private NodeGroup edgeGroup() {
        var after = new TreeSet<String>();
        if (spec.clusterManager() == ClusterManager.STANDALONE) {
            after.add(masterGroup().id());
            spec.workers()
                    .all()
                    .forEach(workers -> after.add(workerGroup(workers).id()));
        }
        return NodeGroup.only(spec.name(), NodeKind.EDGE, Traits.EDGE, after);
    }

    private String masterHost() {
        return naming.name(masterGroup(), 1).host();
    }

    private String edgeHost() {
        return naming.name(edgeGroup(), 1).host();
    }

    private Endpoint sparkPage(String output, String page, boolean steady) {
        return new Endpoint(output, spec.master().uiPort(), "master.uiPort", page, "no password", steady);
    }

    private List<Mount> daemonMounts(Mount... own) {
        var all = mounts(own);
        all.add(new Mount.Memory(ImageContract.HOME, DAEMON_HOME_MEBIBYTES, false));
        return all;
    }

    private List<Mount> mounts(Mount... own) {
        var all = new ArrayList<>(List.of(own));
        if (spec.security().authenticate()) {
            all.add(new Mount.Secret(SecretName.SPARK_AUTH));
        }
        all.add(new Mount.Memory(ImageContract.TEMPORARY, TEMPORARY_MEBIBYTES, true));
        all.add(new Mount.Memory(ImageContract.CONFIGURATION, CONFIGURATION_MEBIBYTES, false));
        return all;
    }
}
