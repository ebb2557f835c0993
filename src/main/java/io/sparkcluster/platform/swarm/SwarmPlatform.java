package io.sparkcluster.platform.swarm;

import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.docker.Network;
import com.pulumi.docker.NetworkArgs;
import com.pulumi.docker.Provider;
import com.pulumi.docker.Secret;
import com.pulumi.docker.SecretArgs;
import com.pulumi.docker.inputs.NetworkLabelArgs;
import com.pulumi.docker.inputs.SecretLabelArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.SmokeTestPlan;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NetworkHandle;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.PreflightContext;
import io.sparkcluster.platform.PreparedPlatform;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.SecretHandle;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.VolumeHandle;
import io.sparkcluster.platform.images.BuildEngine;
import io.sparkcluster.platform.ssh.RemoteScript;
import io.sparkcluster.platform.ssh.SshScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs a cluster on several machines that are reached by SSH and form one Docker Swarm: services on an attachable overlay network, secrets of the
 * Swarm, images that are built on this machine and sent to the others.
 *
 * <p>{@link #prepare} registers the Swarm, which is removed with the stack. Other methods that register resources throw {@link
 * IllegalStateException} when they are called on a platform that was not prepared. Only {@code ssh} and the docker provider are used. A machine
 * needs an SSH server and either Docker 20.10 or newer or {@code apt-get}.
 */
public final class SwarmPlatform implements Platform {

    private static final Duration VACATED = Duration.ofMinutes(5);
    private static final Duration PLACED = Duration.ofMinutes(10);
    private static final int OVERLAY = 50;

    private final SwarmSettings settings;
    private final Optional<Prepared> prepared;
    private final BuildEngine builder;
    private final SwarmImages images;
    private final RemoteScript remote;

    /**
     * The Swarm of a cluster.
     *
     * @param plan the cluster
     * @param manager the provider for the manager's engine, complete when the Swarm is
     */
    private record Prepared(ClusterPlan plan, Provider manager) {}

    private SwarmPlatform(SwarmSettings settings, Optional<Prepared> prepared, BuildEngine builder) {
        this.settings = settings;
        this.prepared = prepared;
        this.builder = builder;
        this.images = new SwarmImages(settings, builder.docker().host());
        this.remote = Scripts.on(settings);
    }

    /** A platform that turns the machines into a Swarm. Existing Swarms are never joined. */
    public static SwarmPlatform of(SwarmSettings settings) {
        return new SwarmPlatform(settings, Optional.empty(), BuildEngine.of(Optional.empty()));
    }

    /**
     * The same platform with another Docker engine for building images. Default: the engine that {@code docker} uses.
     *
     * @param host the engine's address, for example {@code unix:///run/user/1000/docker.sock}
     */
    public SwarmPlatform buildingOn(String host) {
        return new SwarmPlatform(settings, prepared, BuildEngine.of(Optional.of(host)));
    }

    @Override
    public List<Problem> preflight(ClusterPlan plan, PreflightContext context) {
        var ownership = context.ownership();
        var progress = context.progress();
        if (settings.machines().size() > 1 && !settings.workspace().isShared()) {
            progress.accept(
                    "swarm.workspace is not set: the workspace is a volume of the edge node's machine, and executors on the others do not"
                            + " see its files. Set swarm.workspace.hostPath or swarm.workspace.nfs to share it");
        }
        var problems = new ArrayList<>(builder.check(plan, context.wording()));
        var preflight = new SwarmPreflight(settings).withWording(context.wording());
        var look = Ownership.state()
                .map(state -> preflight.withState(state::resources))
                .orElse(preflight);
        problems.addAll(look.check(plan, ownership));
        builder.architecture(plan).ifPresent(images -> problems.addAll(look.architectures(images)));
        if (problems.isEmpty()) {
            look.takeOver(plan, ownership, !Deployment.getInstance().isDryRun(), progress);
        }
        return problems;
    }

    @Override
    public List<String> warnings(ClusterPlan plan) {
        return builder.warnings(plan);
    }

    @Override
    public Map<String, String> outputs(ClusterPlan plan) {
        return Map.of(
                "swarmManager",
                settings.manager(),
                "edgeMachine",
                settings.workspaceMachine(plan).name());
    }

    /**
     * Registers the steps that turn the machines into one Swarm, unless this platform is prepared already. The machines are not checked here, see
     * {@link #preflight}.
     *
     * @throws IllegalStateException when the host key of a machine is not known, or no machine has the manager's name
     * @throws java.io.UncheckedIOException when a private key cannot be read, or the configuration of {@code ssh} cannot be written
     */
    @Override
    public PreparedPlatform prepare(String name, ClusterPlan plan, Ownership ownership, Optional<Resource> parent) {
        var platform = prepared.isPresent()
                ? this
                : new SwarmPlatform(
                        settings,
                        Optional.of(
                                new Prepared(plan, SwarmMachines.register(name + "-machines", settings, plan, parent))),
                        builder);
        return new PreparedPlatform(platform, builder.providers(name, parent));
    }

    private Prepared prepared() {
        return prepared.orElseThrow(
                () -> new IllegalStateException("this platform is for planning only: prepare() registers the Swarm"));
    }

    private Provider manager() {
        return prepared().manager();
    }

    @Override
    public Naming naming() {
        return Naming.services();
    }

    @Override
    public List<Problem> validate(ClusterPlan draft) {
        return SwarmValidator.of(draft, settings);
    }

    @Override
    public ImageHandle image(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return this.images.built(scope, image, parent);
    }

    @Override
    public ImageHandle givenImage(ResourceScope scope, ImageSpec image, Output<String> reference) {
        return this.images.given(scope, image, reference);
    }

    @Override
    public Map<ImageRole, ImageHandle> deliver(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> images) {
        return this.images.deliver(scope, plan, images, manager());
    }

    /** The network is attachable, so that containers outside the services can join it on any machine. */
    @Override
    public NetworkHandle network(ResourceScope scope, String name) {
        var options = new TreeMap<String, String>();
        settings.mtu().ifPresent(mtu -> options.put("com.docker.network.driver.mtu", mtu.toString()));
        var args = NetworkArgs.builder()
                .name(name)
                .driver("overlay")
                .attachable(true)
                .labels(scope.labels((label, text) ->
                        NetworkLabelArgs.builder().label(label).value(text).build()));
        if (!options.isEmpty()) {
            args.options(options);
        }
        var network = new Network(
                scope.name(),
                args.build(),
                scope.options()
                        .provider(manager())
                        .deleteBeforeReplace(true)
                        // The engine chooses these values itself; without this they would count as changes.
                        .ignoreChanges(
                                settings.mtu().isPresent() ? List.of("ipamConfigs") : List.of("ipamConfigs", "options"))
                        .build());
        // It is removed after everything in the network and before the network itself, and waits until no task is left.
        var vacated = remote.run(
                scope.child("vacated").name(),
                settings.managing().host(),
                Scripts.step("tasks", "true", "vacated", VACATED.plusMinutes(1)),
                Map.of(
                        "CLUSTER_LABEL",
                        ShellWord.of(Labels.CLUSTER + "=" + scope.labels().get(Labels.CLUSTER)),
                        "LIMIT",
                        Long.toString(VACATED.toSeconds())),
                scope.after(List.of(network))
                        .options()
                        .deleteBeforeReplace(true)
                        .build());
        return new NetworkHandle(
                Output.tuple(vacated.stdout(), network.name()).applyValue(both -> both.t2),
                Output.tuple(vacated.stdout(), network.id()).applyValue(both -> both.t2));
    }

    @Override
    public VolumeHandle volume(ResourceScope scope, VolumePlan volume) {
        return new MachineVolumes(settings)
                .shared(scope.after(List.of(manager())), prepared().plan(), volume);
    }

    @Override
    public VolumeHandle existingVolume(String name) {
        return new VolumeHandle(Output.of(name));
    }

    /** A Swarm's secret in use can be neither changed nor removed. The secret has a generated name, so that a new one can exist beside it. */
    @Override
    public SecretHandle secret(
            ResourceScope scope, String name, SecretSpec secret, Output<String> value, ImageHandle carrier) {
        var made = new Secret(
                scope.child("file").name(),
                SecretArgs.builder()
                        .data(value.asSecret().applyValue(text -> Base64.getEncoder()
                                .encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                        .labels(scope.labels((label, text) -> SecretLabelArgs.builder()
                                .label(label)
                                .value(text)
                                .build()))
                        .build(),
                scope.options()
                        .provider(manager())
                        .additionalSecretOutputs(List.of("data"))
                        .build());
        return new SecretHandle(secret, new VolumeHandle(made.name()), made);
    }

    @Override
    public List<NodeHandle> start(ResourceScope scope, NodeGroup group, List<NodeSpec> nodes, NodeContext context) {
        return group.traits().replicated()
                ? equal(scope.child("service"), nodes, context)
                : List.of(single(
                        scope.child("node"),
                        settings.sharesWorkspace() ? nodes.get(0) : nodes.get(0).withUnsharedWorkspace(),
                        context));
    }

    private NodeHandle single(ResourceScope scope, NodeSpec node, NodeContext context) {
        Machine machine = settings.machinesFor(node.group()).get(0);
        var service = new NodeService(settings, manager()).of(scope, node, 1, context, durable(scope, node, machine));
        if (!node.publishedPorts().isEmpty()) {
            PortForwarder.of(scope, node, context, service, manager());
        }
        return new NodeHandle(
                node,
                service.name(),
                service.id(),
                service,
                Optional.of(service.id().applyValue(id -> machine.name())));
    }

    /** Named volumes for what a node needs again after a failure. All other volumes are removed with the task. */
    private Map<String, Output<String>> durable(ResourceScope scope, NodeSpec node, Machine machine) {
        var volumes = new TreeMap<String, Output<String>>();
        for (Mount.Own own : node.durableVolumes()) {
            volumes.put(
                    own.path(),
                    new MachineVolumes(settings)
                            .on(
                                    scope.child(own.purpose()).after(List.of(manager())),
                                    machine,
                                    SwarmNames.volume(node, own),
                                    List.of(),
                                    false));
        }
        return volumes;
    }

    /** Starts equal nodes as one service, which spreads its tasks over machines and updates them one at a time. */
    private List<NodeHandle> equal(ResourceScope scope, List<NodeSpec> nodes, NodeContext context) {
        NodeSpec first = nodes.get(0);
        var service = new NodeService(settings, manager()).of(scope, first, nodes.size(), context, Map.of());
        var placed = remote.run(
                scope.child("placed").name(),
                settings.managing().host(),
                Scripts.once("tasks", "placed", PLACED.plusMinutes(1)),
                Output.of(Map.of(
                        "COUNT", Integer.toString(nodes.size()),
                        "LIMIT", Long.toString(PLACED.toSeconds()),
                        "SERVICE", ShellWord.of(first.group().name()))),
                List.of(service.id(), context.image().content()),
                scope.after(List.of(service)).options().build());
        return IntStream.range(0, nodes.size())
                .mapToObj(index -> new NodeHandle(
                        nodes.get(index),
                        placed.stdout().applyValue(lines -> first.group().name() + "-" + field(lines, index, 0)),
                        Output.tuple(service.id(), placed.id()).applyValue(both -> both.t1 + "/" + both.t2),
                        placed,
                        Optional.of(placed.stdout().applyValue(lines -> field(lines, index, 1)))))
                .toList();
    }

    private static String field(String lines, int line, int field) {
        return lines.lines().toList().get(line).split(" ", -1)[field];
    }

    @Override
    public Output<String> smokeTest(ResourceScope scope, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes) {
        var command = Stream.concat(
                        test.command().stream(), settings.sharesWorkspace() ? Stream.of() : Stream.of("--unshared"))
                .toList();
        // The node limits the job itself; this limit is for an engine that stops answering.
        return remote.run(
                        scope.name(),
                        settings.machinesFor(edge.spec().group()).get(0).host(),
                        Scripts.once("smoke", "run", test.limit().plusMinutes(2)),
                        Output.of(Map.of(
                                "COMMAND", SshScript.list(command),
                                "LIMIT",
                                        Long.toString(
                                                test.limit().plusMinutes(1).toSeconds()),
                                "SERVICE", ShellWord.of(edge.spec().hostName()))),
                        nodes.stream().map(NodeHandle::instance).distinct().toList(),
                        scope.options().build())
                .stdout();
    }

    @Override
    public Optional<Output<String>> tunnel(ClusterPlan plan) {
        String address = plan.spec().security().publishAddress();
        if (!address.equals("127.0.0.1")) {
            return Optional.empty();
        }
        String forwards = plan.nodes().stream()
                .flatMap(node -> node.publishedPorts().stream())
                .map(port -> port.published().orElseThrow())
                .map(port -> "-L " + address + ":" + port + ":" + address + ":" + port)
                .collect(Collectors.joining(" "));
        return Optional.of(Output.of("ssh -F " + settings.hosts().config() + " -N -o ExitOnForwardFailure=yes "
                + forwards + " " + settings.manager()));
    }

    /** The bytes that an overlay network adds to a packet, at least. */
    static int overhead() {
        return OVERLAY;
    }
}
