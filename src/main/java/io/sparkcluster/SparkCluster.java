package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.Sizing;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.VolumeHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An Apache Spark cluster with a JupyterLab edge node, a shared workspace and its own secrets. It has a master with workers or, where
 * Kubernetes is the cluster manager, executors that start and stop with their applications.
 *
 * <p>The component is complete when the cluster can be used: the master's page answers and every worker is registered (where there are
 * any), JupyterLab answers, and the smoke test has run, unless it is switched off. An invalid description is refused with all its problems
 * before anything is registered.
 */
public final class SparkCluster extends ComponentResource {

    private static final Map<NodeKind, Component> COMPONENTS = Map.of(
            NodeKind.MASTER, SparkMaster::new,
            NodeKind.WORKER, SparkWorkers::new,
            NodeKind.EDGE, EdgeNode::new,
            NodeKind.HISTORY, SparkHistory::new);

    private final ClusterPlan plan;

    @Export(
            name = "cluster",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> cluster;

    @Export(
            name = "owner",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> owner;

    @Export(
            name = "ownerName",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> ownerName;

    @Export(
            name = "masterUrl",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> masterUrl;

    @Export(
            name = "masterUiUrl",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> masterUiUrl;

    @Export(
            name = "driverUiUrl",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> driverUiUrl;

    @Export(
            name = "historyUrl",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> historyUrl;

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

    @Export(
            name = "workers",
            refs = {List.class, Map.class, String.class, Object.class},
            tree = "[0,[1,2,3]]")
    private final Output<List<Map<String, Object>>> workers;

    @Export(
            name = "versions",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private final Output<Map<String, String>> versions;

    @Export(
            name = "tunnel",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> tunnel;

    @Export(
            name = "smokeTest",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> smokeTest;

    @Export(
            name = "platformOutputs",
            refs = {Map.class, String.class},
            tree = "[0,1,1]")
    private final Output<Map<String, String>> platformOutputs;

    private final Optional<Output<String>> tunnelCommand;
    private final Optional<Output<String>> report;
    private final Map<String, String> known;
    private final NodeContext context;
    private final Map<NodeGroup, List<NodeHandle>> started;
    private final Map<String, Output<String>> pages;

    /**
     * Registers a cluster.
     *
     * @param name name of the component; the names of its resources start with it
     * @param args platform and description
     * @param options resource options; the platform adds the providers that it needs
     * @throws InvalidClusterException with every problem of the description or, if there is none, of the platform
     */
    public SparkCluster(String name, SparkClusterArgs args, ComponentResourceOptions options) {
        this(name, Preparation.of(name, args, options));
    }

    /** Registers a cluster with no further options. */
    public SparkCluster(String name, SparkClusterArgs args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /**
     * Plans a cluster as the constructor does, but registers nothing.
     *
     * @throws InvalidClusterException with every problem of the description
     */
    public static ClusterPlan plan(SparkClusterArgs args) {
        var draft = ClusterPlan.draft(args.cluster(), args.platform().naming());
        var refusals = args.platform().validate(draft);
        if (!refusals.isEmpty()) {
            var problems = new ArrayList<>(ClusterPlan.problems(args.cluster()));
            problems.addAll(refusals);
            throw new InvalidClusterException("cluster \"" + args.cluster().name() + '"', problems);
        }
        return ClusterPlan.of(args.cluster(), args.platform().naming());
    }

    private SparkCluster(String name, Preparation preparation) {
        super(ComponentTypes.of(SparkCluster.class), name, ResourceArgs.Empty, preparation.options());
        this.plan = preparation.plan();
        Platform platform = preparation.platform();
        var ownership = preparation.ownership();
        var child = ComponentResourceOptions.builder().parent(this).build();

        var args = preparation.args();
        var images = new ImageHierarchy(
                name + "-images",
                ImageHierarchy.Args.builder(platform, plan)
                        .references(args.images())
                        .build(),
                child);
        var network = new ClusterNetwork(name + "-network", ClusterNetwork.Args.of(platform, plan.network()), child);
        var volumes = new LinkedHashMap<String, VolumeHandle>();
        for (VolumePlan volume : plan.volumes()) {
            volumes.put(volume.id(), volume(platform, name + "-" + volume.id(), volume, args, child));
        }
        var secrets = new ClusterSecrets(
                name + "-secrets",
                ClusterSecrets.Args.builder(
                                platform,
                                spec().name(),
                                plan.secrets(),
                                images.of(plan.groups().get(0).kind()))
                        .given(args.secrets())
                        .generation(spec().security().generation())
                        .build(),
                child);
        var edge = plan.edge();
        this.context = new NodeContext(
                images.of(edge.kind()),
                edge.executorPods().map(pods -> images.of(pods.executor().kind())),
                network.handle(),
                volumes,
                secrets.handles(),
                spec().security().generation(),
                spec().security().publishAddress());

        this.started = new LinkedHashMap<>();
        for (NodeGroup group : plan.groups()) {
            // All groups start at once: nodes wait by themselves for those that they need, as they must after a restart
            // of their machine too.
            var nodes =
                    NodeArgs.of(platform, spec().name(), plan.nodes(group), context.withImage(images.of(group.kind())));
            started.put(group, component(name + "-" + group.id(), nodes, child).nodes());
        }
        var all = started.values().stream().flatMap(List::stream).toList();
        this.report = plan.smokeTest().map(test -> new SmokeTest(
                        name + "-smoke-test", SmokeTest.Args.of(platform, test, first(edge.group()), all), child)
                .report());

        // Addresses are known in advance, but are of no use before their nodes are ready.
        this.masterUrl = whenReady(plan.groups().get(0), plan.masterUrl());
        this.pages = new LinkedHashMap<>();
        for (NodeSpec node : plan.nodes()) {
            node.ports().stream()
                    .flatMap(port -> port.endpoint().stream())
                    .forEach(page -> pages.put(page.output(), whenReady(node.group(), plan.address(page))));
        }
        this.masterUiUrl = orNothing(masterUiUrl());
        this.driverUiUrl = orNothing(driverUiUrl());
        this.historyUrl = orNothing(historyUrl());
        this.jupyterUrl = page("jupyterUrl").orElseThrow();
        this.jupyterToken = secrets.value(SecretSpec.JUPYTER_TOKEN);
        this.workspace = platform.kept(
                Optional.ofNullable(volumes.get(plan.workspace().id()))
                        .orElseThrow()
                        .name(),
                plan,
                ownership);
        this.workers = Output.all(workers().stream().map(WorkerInfo::toOutput).toList());
        this.versions = Output.of(versions());
        this.known = platform.outputs(plan);
        this.platformOutputs = Output.of(known);
        this.tunnelCommand = platform.tunnel(plan);
        this.tunnel = orNothing(tunnelCommand);
        this.smokeTest = orNothing(report);
        // A renamed stack keeps its state, but may lose its tags (see Ownership): the state names the owner too.
        this.owner = Output.of(ownership.owner().id());
        this.ownerName = Output.of(ownership.owner().name());
        this.cluster = Output.of(spec().name());
        registerOutputs(outputs());
    }

    private static Output<String> orNothing(Optional<Output<String>> output) {
        return output.orElseGet(() -> Output.ofNullable(null));
    }

    /** Each page has its own output, which a field above exports. */
    private Map<String, Output<?>> outputs() {
        var outputs = new TreeMap<String, Output<?>>(pages);
        outputs.put("cluster", cluster);
        outputs.put("owner", owner);
        outputs.put("ownerName", ownerName);
        outputs.put("masterUrl", masterUrl);
        outputs.put("masterUiUrl", masterUiUrl);
        outputs.put("driverUiUrl", driverUiUrl);
        outputs.put("historyUrl", historyUrl);
        outputs.put("jupyterUrl", jupyterUrl);
        outputs.put("jupyterToken", jupyterToken);
        outputs.put("workspace", workspace);
        outputs.put("workers", workers);
        outputs.put("versions", versions);
        outputs.put("tunnel", tunnel);
        outputs.put("smokeTest", smokeTest);
        outputs.put("platformOutputs", platformOutputs);
        return outputs;
    }

    /** Starts a group with the component for its kind. */
    private static NodeGroupComponent component(String name, NodeArgs args, ComponentResourceOptions options) {
        return Optional.ofNullable(COMPONENTS.get(args.group().kind()))
                .orElseThrow(() -> new IllegalArgumentException("no component starts nodes of the kind "
                        + args.group().kind().label()))
                .start(name, args, options);
    }

    /** The constructor of a component. */
    private interface Component {
        NodeGroupComponent start(String name, NodeArgs args, ComponentResourceOptions options);
    }

    private VolumeHandle volume(
            Platform platform,
            String name,
            VolumePlan volume,
            SparkClusterArgs args,
            ComponentResourceOptions options) {
        return args.workspace()
                .filter(given -> volume.equals(plan.workspace()))
                .map(VolumeHandle::new)
                .orElseGet(() -> new SharedVolume(name, SharedVolume.Args.of(platform, spec().name(), volume), options)
                        .handle());
    }

    private NodeHandle first(NodeGroup group) {
        return Optional.ofNullable(started.get(group)).orElseThrow().get(0);
    }

    private Output<String> whenReady(NodeGroup group, String address) {
        return first(group).instance().applyValue(instance -> address);
    }

    private ClusterSpec spec() {
        return plan.spec();
    }

    /** The cluster's plan. */
    public ClusterPlan plan() {
        return plan;
    }

    /**
     * The master URL for drivers inside the cluster's network, for example {@code spark://spark-dev-master:7077} or {@code
     * k8s://https://kubernetes.default.svc:443}.
     */
    public Output<String> masterUrl() {
        return masterUrl;
    }

    /** The URL of the master's page, which links to the pages of workers and applications. Empty where there is no master. */
    public Optional<Output<String>> masterUiUrl() {
        return page("masterUiUrl");
    }

    /** The URL of the first running application's page on the edge node. It answers only while an application runs. Empty where there is a master's page. */
    public Optional<Output<String>> driverUiUrl() {
        return page("driverUiUrl");
    }

    /** The URL of the history server's page. Empty without a history server. */
    public Optional<Output<String>> historyUrl() {
        return page("historyUrl");
    }

    /** The URLs of all published pages, by the names of their outputs, for example {@code jupyterUrl}. */
    public Map<String, Output<String>> pages() {
        return Collections.unmodifiableMap(pages);
    }

    private Optional<Output<String>> page(String output) {
        return Optional.ofNullable(pages.get(output));
    }

    /** JupyterLab's URL, without the token. */
    public Output<String> jupyterUrl() {
        return jupyterUrl;
    }

    /** The token that JupyterLab asks for; a secret. */
    public Output<String> jupyterToken() {
        return jupyterToken;
    }

    /** Name of the shared workspace's volume. */
    public Output<String> workspace() {
        return workspace;
    }

    /** The command that makes the published pages reachable from this machine. Empty where they are reachable without it. */
    public Optional<Output<String>> tunnel() {
        return tunnelCommand;
    }

    /** Further outputs of the platform by their names, for example {@code kubernetesContext}. */
    public Map<String, String> platformOutputs() {
        return known;
    }

    /** The workers with their cores and memory. Empty where executors are pods. */
    public List<WorkerInfo> workers() {
        return spec().workers().all().stream()
                .flatMap(workers -> started.entrySet().stream()
                        .filter(group -> group.getKey().is(NodeKind.WORKER)
                                && group.getKey().field().equals(workers.field()))
                        .flatMap(group -> group.getValue().stream())
                        .map(node -> worker(workers, node)))
                .toList();
    }

    private WorkerInfo worker(WorkerGroup group, NodeHandle node) {
        return new WorkerInfo(
                // Equal nodes may be tasks of one service: only the platform knows their names.
                node.host().isPresent() ? node.name() : Output.of(node.spec().hostName()),
                group.cores(),
                Sizing.workerOffer(spec(), group).spark(),
                node.host());
    }

    /** Versions of {@code spark}, {@code scala}, {@code java}, {@code python} and {@code hadoop}, the Hadoop client inside Spark. */
    public Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("spark", plan.release().version());
        versions.put("scala", plan.release().scala());
        versions.put("hadoop", plan.release().hadoop());
        versions.put("java", Integer.toString(plan.foundation().java()));
        versions.put("python", plan.foundation().python());
        return versions;
    }

    /** The edge node's image, network, volumes and secrets, for your own containers that join the cluster. */
    public NodeContext context() {
        return context;
    }

    /** The smoke test's report as JSON. Empty if the smoke test is switched off. */
    public Optional<Output<String>> smokeTest() {
        return report;
    }
}
