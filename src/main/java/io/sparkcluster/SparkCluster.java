package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Role;
import io.sparkcluster.plan.SecretName;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An Apache Spark cluster with a JupyterLab edge node, one shared workspace and secrets of its own: a master with workers, or on Kubernetes
 * executors that come and go with their applications.
 *
 * <p>It is complete when it can be used: the master serves its page and every worker is registered, where there are any, JupyterLab answers, and a
 * small job has run from the edge node on all workers. A description that cannot become a cluster is refused with all its problems before
 * anything is registered.
 */
public final class SparkCluster extends ComponentResource {

    private final ClusterPlan plan;

    @Export(
            name = "masterUrl",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> masterUrl;

    @Export(
            name = "jupyterUrl",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> jupyterUrl;

    @Export(
            name = "jupyterToken",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> jupyterToken;

    @Export(
            name = "workspace",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> workspace;

    private final Optional<Output<String>> masterUiUrl;
    private final Optional<Output<String>> driverUiUrl;
    private final Optional<Output<String>> smokeTest;
    private final Optional<Output<String>> tunnel;

    private final NodeContext context;
    private final List<NodeHandle> workers;

    /**
     * Registers a cluster.
     *
     * @param name name of the component; those of all its resources start with it
     * @param args platform and description
     * @param options the usual options; pass a provider for the platform here to use another engine than the default
     * @throws InvalidClusterException with every problem of the description
     */
    public SparkCluster(String name, SparkClusterArgs args, ComponentResourceOptions options) {
        this(name, args, plan(args), options);
    }

    /** Registers a cluster with no further options. */
    public SparkCluster(String name, SparkClusterArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /**
     * Works a cluster out without registering anything, as the constructor does.
     *
     * @throws InvalidClusterException with every problem of the description
     */
    public static ClusterPlan plan(SparkClusterArgs args) {
        var refusals = args.platform().validate(args.cluster());
        if (!refusals.isEmpty()) {
            var problems = new ArrayList<>(ClusterPlan.problems(args.cluster()));
            problems.addAll(refusals);
            throw new InvalidClusterException("cluster \"" + args.cluster().name() + '"', problems);
        }
        return ClusterPlan.of(args.cluster(), args.platform().naming());
    }

    private SparkCluster(String name, SparkClusterArgs args, ClusterPlan plan, ComponentResourceOptions options) {
        super(ComponentTypes.of(SparkCluster.class), name, ResourceArgs.Empty, options);
        this.plan = plan;
        Platform platform = args.platform();
        var child = ComponentResourceOptions.builder().parent(this).build();

        var images = new ImageHierarchy(name + "-images", ImageHierarchy.Args.of(platform, plan), child);
        var network = new ClusterNetwork(name + "-network", new ClusterNetwork.Args(platform, plan.network()), child);
        var volume = new SharedVolume(name + "-workspace", workspaceArgs(platform), child);
        Role first = plan.nodes().get(0).role();
        var secrets = new ClusterSecrets(
                name + "-secrets",
                new ClusterSecrets.Args(
                        platform,
                        spec().name(),
                        plan.secrets(),
                        spec().security().generation(),
                        images.of(first)),
                child);
        this.context = new NodeContext(
                images.of(Role.EDGE),
                plan.edge().executorPods().map(pods -> images.of(Role.EXECUTOR)),
                network.handle(),
                Optional.of(volume.handle()),
                secrets.handles(),
                spec().security().generation(),
                spec().security().publishAddress());

        var all = new ArrayList<NodeHandle>();
        Optional<NodeHandle> master = plan.master().map(node -> new SparkMaster(
                        name + "-master",
                        nodes(platform, List.of(node), context.withImage(images.of(Role.MASTER)), List.of()),
                        child)
                .node());
        master.ifPresent(all::add);
        List<NodeHandle> started = List.of();
        if (!plan.workers().isEmpty()) {
            var workers = new SparkWorkers(
                    name + "-workers",
                    nodes(platform, plan.workers(), context.withImage(images.of(Role.WORKER)), before(platform, all))
                            .withAutoscale(spec().workers().autoscale()),
                    child);
            started = workers.nodes();
            all.addAll(started);
        }
        this.workers = started;
        var edge = new EdgeNode(
                name + "-edge", nodes(platform, List.of(plan.edge()), context, before(platform, all)), child);
        all.add(edge.node());
        this.smokeTest = plan.smokeTest().map(test -> new SmokeTest(
                        name + "-smoke-test", new SmokeTest.Args(platform, test, edge.node(), List.copyOf(all)), child)
                .report());

        // Addresses are known beforehand, but they are of use only when what they lead to is there.
        this.masterUrl = whenReady(master.orElse(edge.node()), plan.masterUrl());
        this.masterUiUrl = master.map(node -> whenReady(node, plan.uiUrl()));
        this.driverUiUrl = master.isPresent() ? Optional.empty() : Optional.of(whenReady(edge.node(), plan.uiUrl()));
        this.jupyterUrl = whenReady(edge.node(), plan.jupyterUrl());
        this.jupyterToken = secrets.value(SecretName.JUPYTER_TOKEN);
        this.workspace = volume.name();
        this.tunnel = platform.tunnel(plan);
        var outputs = new TreeMap<String, Output<?>>();
        // The state goes along when a stack is renamed; the stack's tags may not (see Ownership).
        var owner = Ownership.current().owner();
        outputs.put("owner", Output.of(owner.id()));
        outputs.put("ownerName", Output.of(owner.name()));
        outputs.put("cluster", Output.of(spec().name()));
        outputs.put("masterUrl", masterUrl);
        masterUiUrl.ifPresent(address -> outputs.put("masterUiUrl", address));
        driverUiUrl.ifPresent(address -> outputs.put("driverUiUrl", address));
        outputs.put("jupyterUrl", jupyterUrl);
        outputs.put("jupyterToken", jupyterToken);
        outputs.put("workspace", workspace);
        tunnel.ifPresent(command -> outputs.put("tunnel", command));
        smokeTest.ifPresent(report -> outputs.put("smokeTest", report));
        registerOutputs(outputs);
    }

    private SharedVolume.Args workspaceArgs(Platform platform) {
        var workspacePlan = plan.workspace();
        return new SharedVolume.Args(
                platform, spec().name(), workspacePlan.name(), workspacePlan.existing(), workspacePlan.retain());
    }

    private NodeArgs nodes(Platform platform, List<NodeSpec> nodes, NodeContext context, List<Resource> after) {
        return new NodeArgs(platform, spec().name(), nodes, context, after);
    }

    /** What must be ready before the next node is started. */
    private static List<Resource> before(Platform platform, List<NodeHandle> started) {
        return platform.startsTogether()
                ? List.of()
                : ComponentTypes.resources(
                        started.stream().map(NodeHandle::ready).toList());
    }

    private static Output<String> whenReady(NodeHandle node, String address) {
        return node.instance().applyValue(instance -> address);
    }

    private ClusterSpec spec() {
        return plan.spec();
    }

    /** What the cluster was worked out to. */
    public ClusterPlan plan() {
        return plan;
    }

    /**
     * Where drivers inside the cluster's network find what gives them executors, for example {@code spark://spark-dev-master:7077}, or {@code
     * k8s://https://kubernetes.default.svc:443}.
     */
    public Output<String> masterUrl() {
        return masterUrl;
    }

    /** The master's web page, which leads to the pages of workers and applications, where there is a master. */
    public Optional<Output<String>> masterUiUrl() {
        return masterUiUrl;
    }

    /** The page of the application that was started first on the edge node, while one runs, where there is no master's page. */
    public Optional<Output<String>> driverUiUrl() {
        return driverUiUrl;
    }

    /** JupyterLab's address, without the token. */
    public Output<String> jupyterUrl() {
        return jupyterUrl;
    }

    /** What JupyterLab asks for; a secret. */
    public Output<String> jupyterToken() {
        return jupyterToken;
    }

    /** Name of the shared workspace's volume. */
    public Output<String> workspace() {
        return workspace;
    }

    /** The command that makes the two pages reachable from this machine, on platforms where they are not simply there. */
    public Optional<Output<String>> tunnel() {
        return tunnel;
    }

    /** The workers and what each offers; none where executors are pods. */
    public List<WorkerInfo> workers() {
        return workers.stream()
                .map(worker -> new WorkerInfo(
                        // Of equal tasks only the platform knows which ones there are.
                        worker.host().isPresent()
                                ? worker.name()
                                : Output.of(worker.spec().hostName()),
                        spec().workers().cores(),
                        plan.sizing().workerOffer().spark(),
                        worker.host()))
                .toList();
    }

    /** Versions of Spark, Scala, Java, Python and the Hadoop client inside Spark. */
    public Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("spark", plan.release().version());
        versions.put("scala", plan.release().scala());
        versions.put("hadoop", plan.release().hadoop());
        versions.put("java", Integer.toString(spec().versions().java()));
        versions.put("python", spec().versions().python());
        return versions;
    }

    /** What the edge node is put into, for containers of one's own that join the cluster: image, network, workspace and secrets. */
    public NodeContext context() {
        return context;
    }

    /** What the smoke test reported, as JSON, if there was one. */
    public Optional<Output<String>> smokeTest() {
        return smokeTest;
    }
}
