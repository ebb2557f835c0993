package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.WorkerGroup;
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

/** Derives what nodes have in common, and the edge node, which exists with every cluster manager. */
final class NodePlanner {

    /** Time to stop for a process that holds nothing that others need. */
    static final Duration SHORT_GRACE = Duration.ofSeconds(15);

    /** Time to stop for a worker's daemon, which its entry point ends only after the time for the executors. */
    static final Duration AFTER_DECOMMISSION = Duration.ofSeconds(15);

    /** Big enough for the native libraries that Spark unpacks there. */
    private static final int TEMPORARY_MEBIBYTES = 256;

    private static final int CONFIGURATION_MEBIBYTES = 1;
    private static final int DAEMON_HOME_MEBIBYTES = 16;

    private final ClusterSpec spec;
    private final SparkRelease release;
    private final Sizing sizing;
    private final Naming naming;
    private final ManagerRules rules;

    NodePlanner(ClusterSpec spec, SparkRelease release, Sizing sizing, Naming naming) {
        this.spec = spec;
        this.release = release;
        this.sizing = sizing;
        this.naming = naming;
        this.rules = ManagerRules.of(spec);
    }

    ClusterSpec spec() {
        return spec;
    }

    SparkRelease release() {
        return release;
    }

    Sizing sizing() {
        return sizing;
    }

    Naming naming() {
        return naming;
    }

    /** The master URL for drivers. */
    String masterUrl() {
        return rules.masterUrl(this);
    }

    /** Every node, those first that others need. */
    List<NodeSpec> nodes() {
        var nodes = new ArrayList<>(rules.nodes(this));
        nodes.addAll(HistoryPlanner.nodes(this));
        return nodes;
    }

    SortedMap<String, String> edgeEnvironment() {
        var environment = new TreeMap<String, String>();
        environment.put(Variable.JUPYTER_PORT, Ports.JUPYTERLAB.toString());
        environment.put(Variable.JUPYTER_TOKEN_FILE, SecretSpec.JUPYTER_TOKEN.file());
        environment.put(Variable.LOCAL_DIRS, ImageContract.SCRATCH);
        environment.putAll(SecretProperties.environment(spec));
        environment.putAll(HistoryPlanner.driverEnvironment(spec));
        environment.putAll(proxy());
        return environment;
    }

    /** The proxy variables, which exempt the nodes that Python programs reach by name. Daemons reach nothing outside and need no exemption. */
    Map<String, String> proxy() {
        var hosts = new ArrayList<>(List.of(masterHost(), edgeHost()));
        hosts.addAll(HistoryPlanner.hosts(this));
        return ProxyVariables.of(spec.proxy(), hosts);
    }

    NodeSpec edge(
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
                edgeMounts(),
                new Probe.Http(Ports.JUPYTERLAB, "/api"),
                new ResourceLimits(spec.edge().cpus(), spec.edge().memory(), "edge.cpus", "edge.memory"),
                StopPolicy.within(SHORT_GRACE),
                executorPods);
    }

    void giveSecret(SortedMap<String, String> environment) {
        if (spec.security().authenticate()) {
            environment.put(Variable.AUTH_SECRET_FILE, SecretSpec.SPARK_AUTH.file());
        }
    }

    NodeSpec node(
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
                health(role, alive),
                resources,
                stop,
                executorPods);
    }

    /** Nodes whose architecture was chosen may be emulated. */
    private HealthCheck health(Role role, Probe alive) {
        var check = HealthCheck.of(new Probe.Command(ImageContract.healthy(role)), alive);
        return spec.images().architecture().isPresent() ? check.slow() : check;
    }

    NodeGroup masterGroup() {
        return NodeGroup.only(spec.name(), NodeKind.MASTER, Traits.MASTER, Set.of());
    }

    NodeGroup workerGroup(WorkerGroup workers) {
        var master = Set.of(masterGroup().id());
        return workers.name().isEmpty()
                ? NodeGroup.only(spec.name(), NodeKind.WORKER, Traits.WORKER, master)
                        .scaled(spec.workers().autoscale())
                : NodeGroup.variant(
                        spec.name(), NodeKind.WORKER, workers.name(), Traits.WORKER, workers.placement(), master);
    }

    /** JupyterLab works without the others; drivers wait for them. */
    private NodeGroup edgeGroup() {
        return NodeGroup.only(spec.name(), NodeKind.EDGE, Traits.EDGE, Set.of());
    }

    /** The master's host name, which programs on nodes must reach without the proxy; also where there is no master. */
    String masterHost() {
        return naming.name(masterGroup(), 1).host();
    }

    String edgeHost() {
        return naming.name(edgeGroup(), 1).host();
    }

    Endpoint sparkPage(String output, String page, boolean steady) {
        return new Endpoint(output, spec.master().uiPort(), "master.uiPort", page, "no password", steady);
    }

    private List<Mount> edgeMounts() {
        var own = new ArrayList<Mount>();
        own.add(new Mount.Shared(VolumePlan.WORKSPACE, ImageContract.WORKSPACE));
        own.addAll(HistoryPlanner.driverMounts(spec));
        own.add(new Mount.Own("scratch", ImageContract.SCRATCH, false));
        own.add(new Mount.Own("home", ImageContract.HOME, false));
        own.add(new Mount.Secret(SecretSpec.JUPYTER_TOKEN));
        var all = mounts(spec.security().authenticate(), own);
        all.addAll(SecretProperties.mounts(spec));
        return all;
    }

    List<Mount> daemonMounts(Mount... own) {
        return daemonMounts(spec.security().authenticate(), own);
    }

    /** The mounts of a daemon. A daemon that speaks to no other process does not authenticate, and does not get Spark's secret. */
    List<Mount> daemonMounts(boolean authenticates, Mount... own) {
        var all = mounts(authenticates, List.of(own));
        all.add(new Mount.Memory(ImageContract.HOME, DAEMON_HOME_MEBIBYTES, false));
        return all;
    }

    private static List<Mount> mounts(boolean authenticates, List<Mount> own) {
        var all = new ArrayList<>(own);
        if (authenticates) {
            all.add(new Mount.Secret(SecretSpec.SPARK_AUTH));
        }
        all.add(new Mount.Memory(ImageContract.TEMPORARY, TEMPORARY_MEBIBYTES, true));
        all.add(new Mount.Memory(ImageContract.CONFIGURATION, CONFIGURATION_MEBIBYTES, false));
        return all;
    }
}
