package io.sparkcluster.platform.kubernetes;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.command.local.enums.Logging;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.apps.v1.outputs.StatefulSetStatus;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeResourceRequirementsArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
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
import io.sparkcluster.platform.PublishedPages;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.SecretHandle;
import io.sparkcluster.platform.StackCli;
import io.sparkcluster.platform.TimeLimit;
import io.sparkcluster.platform.VolumeHandle;
import io.sparkcluster.platform.images.BuildEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a cluster in one namespace of a Kubernetes cluster: stateful sets behind headless services, one claim that all nodes share, secrets as
 * files.
 *
 * <p>A kubernetes provider creates the objects: the one that {@link #of} makes from the settings, or the one that is given to {@link #with} or to
 * the component. {@link KubernetesSettings#kubectl} must name the same Kubernetes cluster, for checks, the smoke test and commands that people
 * run. Images are built on this machine's Docker engine and delivered from there.
 */
public final class KubernetesPlatform implements Platform {

    /** The annotation with which the provider takes over fields that another field manager wrote: an earlier run, for a retained workspace. */
    private static final String ADOPTED = "pulumi.com/patchForce";

    /**
     * Fields whose change would make a provider replace a claim, and lose its files. Some of them are filled in by the storage class; changes of
     * the others are refused by {@link KubernetesPlaces}.
     */
    private static final List<String> KEPT = List.of(
            "metadata.name",
            "metadata.namespace",
            "spec.accessModes",
            "spec.selector",
            "spec.storageClassName",
            "spec.volumeName",
            "spec.volumeMode");

    private final KubernetesSettings settings;
    private final Optional<Output<String>> made;
    private final Optional<Provider> given;
    private final BuildEngine builder;
    private final boolean prepares;

    private KubernetesPlatform(
            KubernetesSettings settings,
            Optional<Output<String>> made,
            Optional<Provider> given,
            BuildEngine builder,
            boolean prepares) {
        this.settings = settings;
        this.made = made;
        this.given = given;
        this.builder = builder;
        this.prepares = prepares;
    }

    /**
     * Uses a namespace of the Kubernetes cluster that the settings name. The provider is made with the cluster, and so is the namespace unless
     * {@link KubernetesSettings#createNamespace} is false.
     */
    public static KubernetesPlatform of(KubernetesSettings settings) {
        return new KubernetesPlatform(
                settings, Optional.empty(), Optional.empty(), BuildEngine.of(Optional.empty()), true);
    }

    /** Uses an existing namespace, in the Kubernetes cluster of the provider that is given to the component. */
    public static KubernetesPlatform in(KubernetesSettings settings) {
        return new KubernetesPlatform(
                given(settings), Optional.empty(), Optional.empty(), BuildEngine.of(Optional.empty()), false);
    }

    /**
     * Uses a namespace that another resource makes, in the Kubernetes cluster of the provider that is given to the component.
     *
     * @param made the namespace's name, known when the namespace exists; must equal {@link KubernetesSettings#namespace}
     */
    public static KubernetesPlatform in(KubernetesSettings settings, Output<String> made) {
        return new KubernetesPlatform(
                given(settings), Optional.of(made), Optional.empty(), BuildEngine.of(Optional.empty()), false);
    }

    /** A platform whose namespace is given must not make it, with a provider of the caller's own either. */
    private static KubernetesSettings given(KubernetesSettings settings) {
        return settings.toBuilder().createNamespace(false).build();
    }

    /**
     * The same platform with your provider instead of one that is made here. Your provider must reach the Kubernetes cluster that the settings
     * name, and must have the flags of {@link #providerFlags}. The namespace is made with the cluster unless
     * {@link KubernetesSettings#createNamespace} is false.
     */
    public KubernetesPlatform with(Provider provider) {
        return new KubernetesPlatform(settings, made, Optional.of(provider), builder, true);
    }

    /** Starts the arguments of your provider with the flags that a cluster relies on. Add the kubeconfig, the context and the cluster identifier. */
    public static ProviderArgs.Builder providerFlags() {
        return KubernetesNamespace.flags();
    }

    /**
     * The same platform with another Docker engine for building images. Default: the engine that {@code docker} uses.
     *
     * @param host the engine's address, for example {@code unix:///run/user/1000/docker.sock}
     */
    public KubernetesPlatform buildingOn(String host) {
        return new KubernetesPlatform(settings, made, given, BuildEngine.of(Optional.of(host)), prepares);
    }

    @Override
    public List<Problem> preflight(ClusterPlan plan, PreflightContext context) {
        var ownership = context.ownership();
        var wording = context.wording();
        var problems = new ArrayList<>(builder.check(plan, wording));
        // A kubeconfig that another resource produces is known only during the update.
        if (settings.kubectl().content().isPresent()) {
            return problems;
        }
        var tags = new ClusterTags(ownership, plan.spec().name());
        var pin = KubernetesPin.of(settings, tags, KubernetesPlatform::state);
        // If kubectl knows no current context, the preflight below reports that.
        var elsewhere = pin.problem(wording);
        if (elsewhere.isPresent() && !settings.kubectl().context().equals(Kubectl.CURRENT)) {
            problems.add(elsewhere.get());
            return problems;
        }
        var places = new KubernetesPlaces(
                tags, () -> Ownership.state().map(StackCli::resources).orElse(List.of()));
        var workspace = Optional.of(plan.workspace().name())
                .filter(name -> !plan.workspace().existing());
        problems.addAll(places.problems(settings, workspace, wording));
        problems.addAll(new KubernetesPreflight(settings)
                .withState(KubernetesPlatform::state)
                .withWording(wording)
                .withImages(builder.architecture(plan))
                .check(plan, prepares && settings.createNamespace(), ownership, context.progress()));
        if (problems.isEmpty()) {
            pin.keep(tags);
            places.keep(settings, workspace);
        }
        return problems;
    }

    private static StateObjects state() {
        return Ownership.state().map(cli -> StateObjects.of(cli.resources())).orElse(StateObjects.NONE);
    }

    @Override
    public List<String> warnings(ClusterPlan plan) {
        var warnings = new ArrayList<>(builder.warnings(plan));
        if (settings.kubectl().content().isEmpty()) {
            warnings.addAll(new KubernetesPreflight(settings).warnings(plan));
        }
        return warnings;
    }

    @Override
    public Optional<String> exposed(ClusterPlan plan, Wording wording) {
        return settings.exposure() == Exposure.NODE_PORT
                ? Optional.of("kubernetes.exposure: nodePort: whoever reaches a node of the Kubernetes cluster reaches "
                        + PublishedPages.list(plan) + "; kubernetes.exposure: portForward opens nothing")
                : Platform.super.exposed(plan, wording);
    }

    @Override
    public Map<String, String> outputs(ClusterPlan plan) {
        return Map.of("kubernetesContext", settings.kubectl().context());
    }

    @Override
    public PreparedPlatform prepare(String name, ClusterPlan plan, Ownership ownership, Optional<Resource> parent) {
        var providers = new ArrayList<>(builder.providers(name, parent));
        if (!prepares) {
            return new PreparedPlatform(this, providers);
        }
        var preparing = new KubernetesNamespace(name, settings, parent);
        var pin = KubernetesPin.of(
                settings, new ClusterTags(ownership, plan.spec().name()), KubernetesPlatform::state);
        var provider = given.orElseGet(() -> preparing.provider(pin.identifier()));
        providers.add(provider);
        var namespace = settings.createNamespace()
                ? Optional.of(preparing.namespace(plan, ownership.owner(), provider))
                : Optional.<Output<String>>empty();
        return new PreparedPlatform(
                new KubernetesPlatform(settings, namespace.or(() -> made), given, builder, false), providers);
    }

    @Override
    public Naming naming() {
        return Naming.pods(settings.namespace());
    }

    @Override
    public List<Problem> validate(ClusterPlan draft) {
        return KubernetesValidator.of(draft, settings);
    }

    @Override
    public ImageHandle image(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return images().built(scope, image, parent);
    }

    @Override
    public ImageHandle givenImage(ResourceScope scope, ImageSpec image, Output<String> reference) {
        return images().given(scope, image, reference);
    }

    @Override
    public Map<ImageRole, ImageHandle> deliver(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> built) {
        return images().deliver(scope, plan, built);
    }

    @Override
    public NetworkHandle network(ResourceScope scope, String name) {
        new NetworkPolicies(objects()).cluster(scope, name);
        return new NetworkHandle(namespace());
    }

    @Override
    public VolumeHandle volume(ResourceScope scope, VolumePlan volume) {
        var claim = PersistentVolumeClaimSpecArgs.builder()
                .accessModes("ReadWriteMany")
                .resources(VolumeResourceRequirementsArgs.builder()
                        .requests(Map.of(
                                "storage", ObjectMetadata.quantity(volume.size().orElse(settings.workspaceSize()))))
                        .build());
        settings.storageClass().ifPresent(claim::storageClassName);
        var made = new PersistentVolumeClaim(
                scope.name(),
                PersistentVolumeClaimArgs.builder()
                        .metadata(objects().meta(scope, volume.name(), Map.of(ADOPTED, "true")))
                        .spec(claim.build())
                        .build(),
                scope.options()
                        .retainOnDelete(volume.retain())
                        .deleteBeforeReplace(true)
                        .ignoreChanges(KEPT)
                        .build());
        return new VolumeHandle(made.metadata().applyValue(meta -> meta.name().orElse(volume.name())));
    }

    @Override
    public VolumeHandle existingVolume(String name) {
        return new VolumeHandle(Output.of(name));
    }

    @Override
    public SecretHandle secret(
            ResourceScope scope, String name, SecretSpec secret, Output<String> value, ImageHandle carrier) {
        var made = new Secret(
                scope.child("file").name(),
                SecretArgs.builder()
                        .metadata(objects().meta(scope, name))
                        .stringData(value.asSecret().applyValue(text -> Map.of(secret.fileName(), text)))
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
        return new SecretHandle(secret, new VolumeHandle(Output.of(name)), made);
    }

    @Override
    public List<NodeHandle> start(ResourceScope parent, NodeGroup group, List<NodeSpec> nodes, NodeContext context) {
        var scope = parent.child(group.traits().replicated() ? "set" : "node");
        var autoscale = group.autoscale();
        NodeSpec first = nodes.get(0);
        new DisruptionBudgets(objects()).disruption(scope, first);
        StatefulSet set = new NodeStatefulSet(objects(), settings).of(scope, nodes, context, autoscale.isPresent());
        autoscale.ifPresent(scaling -> new Scaling(objects()).of(scope, nodes, scaling, set));
        if (settings.exposure() == Exposure.NODE_PORT && !first.publishedPorts().isEmpty()) {
            new NetworkPolicies(objects()).publish(scope, first);
            nodePorts(scope, first, set);
        }
        Output<String> instance = autoscale.isPresent() ? revision(set) : generation(set);
        return nodes.stream()
                .map(node -> new NodeHandle(node, Output.of(node.name().local()), instance, set))
                .toList();
    }

    /** Identifies the set's specification: its generation counts changes, so that the smoke test runs again after a change. */
    private static Output<String> generation(StatefulSet set) {
        return set.metadata()
                .applyValue(
                        meta -> meta.uid().orElse("") + "/" + meta.generation().orElse(0));
    }

    /** Identifies the pod template of an autoscaled set. The autoscaler changes the number of pods, and with it the generation, but not the revision. */
    private static Output<String> revision(StatefulSet set) {
        return Output.tuple(set.metadata(), set.status())
                .applyValue(both -> both.t1.uid().orElse("")
                        + both.t2
                                .flatMap(StatefulSetStatus::updateRevision)
                                .map("/"::concat)
                                .orElse(""));
    }

    private void nodePorts(ResourceScope parent, NodeSpec node, StatefulSet set) {
        var scope = parent.of(node).child("node-port");
        new Service(
                scope.name(),
                ServiceArgs.builder()
                        .metadata(objects().meta(scope, node.group().name() + "-access"))
                        .spec(ServiceSpecArgs.builder()
                                .type("NodePort")
                                .selector(ObjectMetadata.selector(scope, node))
                                .ports(node.publishedPorts().stream()
                                        .map(port -> ServicePortArgs.builder()
                                                .name(port.name())
                                                .port(port.port().number())
                                                .nodePort(port.published()
                                                        .orElseThrow()
                                                        .number())
                                                .build())
                                        .toList())
                                .build())
                        .build(),
                // The provider waits until the service has a ready pod, so the pods come first.
                scope.after(List.of(set)).options().deleteBeforeReplace(true).build());
    }

    @Override
    public Output<String> smokeTest(ResourceScope scope, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes) {
        // The node limits the job itself; this limit is for an API server that stops answering.
        long limit = test.limit().plusMinutes(1).toSeconds();
        // The plan fixes the words; none of them has a character that is special to a shell.
        String command = String.join(" ", test.command());
        var args = CommandArgs.builder()
                .create(edge.name().applyValue(pod -> settings.kubectl()
                        .script(
                                settings.namespace(),
                                limit,
                                "exec " + pod + " --container " + PodSpecFactory.CONTAINER + " -- " + command)))
                .interpreter("bash", "-c")
                .environment(TimeLimit.environment())
                .addPreviousOutputInEnv(false)
                // Standard error has only Spark's usual warnings; if the test fails, the error message includes it.
                .logging(Logging.None)
                .triggers(Output.all(nodes.stream()
                                .map(NodeHandle::instance)
                                .distinct()
                                .toList())
                        .applyValue(instances -> List.<Object>copyOf(instances)));
        settings.kubectl().content().ifPresent(args::stdin);
        return new Command(scope.name(), args.build(), scope.options().build()).stdout();
    }

    @Override
    public Optional<Output<String>> tunnel(ClusterPlan plan) {
        if (settings.exposure() != Exposure.PORT_FORWARD) {
            return Optional.empty();
        }
        String address = plan.spec().security().publishAddress();
        String commands =
                plan.nodes().stream().flatMap(node -> forwards(node, address)).collect(Collectors.joining(" & "));
        return Optional.of(Output.of(commands));
    }

    /** kubectl port-forward ends when nothing answers at the port. A page that is not always up therefore gets a separate command, in a loop. */
    private Stream<String> forwards(NodeSpec node, String address) {
        return node.ports().stream().flatMap(port -> port.endpoint().stream().map(page -> {
            String command = settings.kubectl().prefix(settings.namespace()) + " port-forward --address " + address
                    + " service/" + node.group().name() + " " + page.port() + ":" + port.port();
            return page.steady() ? command : "while sleep 1; do " + command + "; done";
        }));
    }

    private Images images() {
        return new Images(settings.delivery(), builder.docker().host());
    }

    private Output<String> namespace() {
        return made.orElseGet(() -> Output.of(settings.namespace()));
    }

    private ObjectMetadata objects() {
        return new ObjectMetadata(namespace(), settings.labels());
    }
}
