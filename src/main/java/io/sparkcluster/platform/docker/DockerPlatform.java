package io.sparkcluster.platform.docker;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.command.local.enums.Logging;
import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.docker.Network;
import com.pulumi.docker.NetworkArgs;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.docker.Volume;
import com.pulumi.docker.VolumeArgs;
import com.pulumi.docker.inputs.NetworkLabelArgs;
import com.pulumi.docker.inputs.VolumeLabelArgs;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.SmokeTestPlan;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.ClusterTags;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.NetworkHandle;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.PreflightContext;
import io.sparkcluster.platform.PreparedPlatform;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.SecretHandle;
import io.sparkcluster.platform.StackCli;
import io.sparkcluster.platform.TimeLimit;
import io.sparkcluster.platform.VolumeHandle;
import io.sparkcluster.platform.images.BuildEngine;
import io.sparkcluster.platform.images.BuildEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One host with the Docker Engine or Podman: containers on the cluster's own bridge network, named volumes, ports published on the host.
 *
 * <p>The engine is chosen here and nowhere else. {@link #prepare} registers a docker provider for it, except for the default engine, which the default provider
 * uses. The smoke test runs through the {@code docker} command line, and so do, on Podman, the readiness checks and the delivery of secrets.
 */
public final class DockerPlatform implements Platform {

    private final Engine engine;
    private final Optional<Output<String>> host;
    private final Optional<DockerPreflight> look;
    private final BuildEnvironment network;

    private DockerPlatform(
            Engine engine, Optional<Output<String>> host, Optional<DockerPreflight> look, BuildEnvironment network) {
        this.engine = engine;
        this.host = host;
        this.look = look;
        this.network = network;
    }

    /** The Docker engine at {@code DOCKER_HOST}, or else at the local socket. */
    public static DockerPlatform local() {
        return of(Engine.docker(), Optional.empty(), System.getenv());
    }

    /**
     * A Docker engine whose address another resource produces, see {@link #at(Engine, Output)}.
     *
     * @param host its address, for example {@code unix:///run/user/1000/docker.sock}
     */
    public static DockerPlatform at(Output<String> host) {
        return at(Engine.docker(), host);
    }

    /**
     * An engine of either kind whose address another resource produces. The engine is not checked before the update. If the address is known, use {@link #of}.
     *
     * @param engine the kind of engine at that address
     * @param host its address, for example {@code unix:///run/podman/podman.sock}
     */
    public static DockerPlatform at(Engine engine, Output<String> host) {
        return new DockerPlatform(engine, Optional.of(host), Optional.empty(), BuildEnvironment.of(System.getenv()));
    }

    /**
     * An engine of either kind.
     *
     * @param engine the kind of engine at that address
     * @param configured its address. Default: {@link Engine#defaultHost}
     * @param environment variables that may name the address, proxies and the Python package index
     */
    public static DockerPlatform of(Engine engine, Optional<String> configured, Map<String, String> environment) {
        var address = configured.or(() -> engine.defaultHost(environment));
        return new DockerPlatform(
                engine,
                address.map(Output::of),
                Optional.of(new DockerPreflight(engine, address, environment)),
                BuildEnvironment.of(environment));
    }

    /** The same platform, whose builds use these proxies and this package index instead of those in the environment. */
    public DockerPlatform building(BuildEnvironment environment) {
        return new DockerPlatform(engine, host, look, environment);
    }

    @Override
    public List<Problem> preflight(ClusterPlan plan, PreflightContext context) {
        return look().map(preflight -> preflight.run(plan, context)).orElse(List.of());
    }

    @Override
    public List<String> warnings(ClusterPlan plan) {
        return look.map(preflight -> preflight.warnings(plan)).orElse(List.of());
    }

    private Optional<DockerPreflight> look() {
        return look.map(preflight -> Ownership.state()
                .map(StackCli::identifiers)
                .map(preflight::withState)
                .orElse(preflight));
    }

    @Override
    public PreparedPlatform prepare(String name, ClusterPlan plan, Ownership ownership, Optional<Resource> parent) {
        return new PreparedPlatform(
                this,
                host.<ProviderResource>map(address -> BuildEngine.provider(
                                name, ProviderArgs.builder().host(address).build(), parent))
                        .map(List::of)
                        .orElse(List.of()));
    }

    @Override
    public Output<String> kept(Output<String> workspace, ClusterPlan plan, Ownership ownership) {
        return look.filter(preflight -> !plan.workspace().existing()
                        && plan.workspace().retain()
                        && Ownership.engineRuns()
                        && !Deployment.getInstance().isDryRun())
                .map(preflight -> workspace.applyValue(name -> {
                    var tags = new ClusterTags(ownership, plan.spec().name());
                    if (tags.get(DockerPreflight.WORKSPACE)
                            .filter(noted -> preflight.isNoted(noted, name))
                            .isEmpty()) {
                        tags.keep(DockerPreflight.WORKSPACE, preflight.fingerprint(name));
                    }
                    return name;
                }))
                .orElse(workspace);
    }

    @Override
    public Naming naming() {
        return Naming.flat();
    }

    @Override
    public List<Problem> validate(ClusterPlan draft) {
        var spec = draft.spec();
        var problems = new ArrayList<Problem>();
        draft.withoutPods(engine.title()).ifPresent(problems::add);
        spec.workers()
                .autoscale()
                .ifPresent(scaling -> problems.add(new Problem(
                        "workers.autoscale",
                        "max " + scaling.max(),
                        engine.title() + " does not scale containers with their load",
                        "Remove it, and set workers.count to what the host can carry")));
        spec.workers().groups().stream()
                .filter(group -> !group.placement().isEmpty())
                .forEach(group -> problems.add(new Problem(
                        group.field() + ".placement",
                        group.placement().toString(),
                        "there is one machine only; workers are placed by labels on the platform swarm",
                        "Remove it")));
        return problems;
    }

    @Override
    public ImageHandle image(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return engine.images(network).image(scope, image, parent);
    }

    @Override
    public ImageHandle givenImage(ResourceScope scope, ImageSpec image, Output<String> reference) {
        return engine.images(network).given(scope, image, reference);
    }

    @Override
    public NetworkHandle network(ResourceScope scope, String name) {
        var network = new Network(
                scope.name(),
                NetworkArgs.builder()
                        .name(name)
                        .driver("bridge")
                        .labels(scope.labels((label, text) -> NetworkLabelArgs.builder()
                                .label(label)
                                .value(text)
                                .build()))
                        .build(),
                // The name is fixed, so the old network must be deleted first.
                scope.options()
                        .deleteBeforeReplace(true)
                        .ignoreChanges(engine.filledInNetwork())
                        .build());
        return new NetworkHandle(network.name());
    }

    @Override
    public VolumeHandle volume(ResourceScope scope, VolumePlan volume) {
        return volume(scope, volume.name(), volume.retain());
    }

    private static VolumeHandle volume(ResourceScope scope, String name, boolean retain) {
        var volume = new Volume(
                scope.name(),
                VolumeArgs.builder()
                        .name(name)
                        .labels(scope.labels((label, text) -> VolumeLabelArgs.builder()
                                .label(label)
                                .value(text)
                                .build()))
                        .build(),
                scope.options()
                        .retainOnDelete(retain)
                        .deleteBeforeReplace(true)
                        // A change of labels would replace the volume, and so delete its files.
                        .ignoreChanges("labels")
                        .build());
        return new VolumeHandle(volume.name());
    }

    @Override
    public VolumeHandle existingVolume(String name) {
        return new VolumeHandle(Output.of(name));
    }

    @Override
    public SecretHandle secret(
            ResourceScope scope, String name, SecretSpec secret, Output<String> value, ImageHandle carrier) {
        var volume = volume(scope.child("volume"), name, false);
        var container = SecretCarrier.of(engine, scope, name, secret, value, carrier, volume);
        return new SecretHandle(secret, volume, engine.delivered(scope, secret, container, host));
    }

    @Override
    public List<NodeHandle> start(ResourceScope scope, NodeGroup group, List<NodeSpec> nodes, NodeContext context) {
        return IntStream.range(0, nodes.size())
                .mapToObj(index -> node(
                        scope.child(group.traits().replicated() ? Integer.toString(index + 1) : "node"),
                        nodes.get(index),
                        context))
                .toList();
    }

    private NodeHandle node(ResourceScope scope, NodeSpec node, NodeContext context) {
        var own = new TreeMap<String, VolumeHandle>();
        for (Mount.Own volume : node.ownVolumes()) {
            own.put(
                    volume.path(),
                    volume(scope.child(volume.purpose()), node.hostName() + "-" + volume.purpose(), false));
        }
        var container = NodeContainer.of(engine, scope, node, context, own);
        return new NodeHandle(node, container.name(), container.id(), engine.ready(scope, node, container, host));
    }

    @Override
    public Output<String> smokeTest(ResourceScope scope, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes) {
        var limited = TimeLimit.environment();
        var environment = host.map(address -> address.applyValue(value -> with(limited, "DOCKER_HOST", value)))
                .orElseGet(() -> Output.of(limited));
        // The plan fixes these words; none of them holds a character that is special to a shell.
        String inNode = String.join(" ", test.command());
        // The job is bounded inside the node; this bound is for an engine that stops answering.
        long limit = test.limit().plusMinutes(1).toSeconds();
        var command = new Command(
                scope.name(),
                CommandArgs.builder()
                        .create(edge.name()
                                .applyValue(name -> TimeLimit.command(limit, "docker exec " + name + " " + inNode)))
                        .environment(environment)
                        .addPreviousOutputInEnv(false)
                        // Standard error holds Spark's usual warnings; when the test fails, the error shows them.
                        .logging(Logging.None)
                        .triggers(Output.all(
                                        nodes.stream().map(NodeHandle::instance).toList())
                                .applyValue(instances -> List.<Object>copyOf(instances)))
                        .build(),
                scope.options().build());
        return command.stdout();
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        var all = new TreeMap<>(values);
        all.put(name, value);
        return all;
    }
}
