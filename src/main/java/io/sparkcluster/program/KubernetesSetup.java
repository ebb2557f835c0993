package io.sparkcluster.program;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesPreflight;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.kubernetes.LabelValue;
import io.sparkcluster.platform.kubernetes.StateObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A namespace of the Kubernetes cluster that the stack names, with a provider of its own: what happens to be current on the machine
 * is never used.
 *
 * @param config the stack's keys for Kubernetes
 * @param context the name of the context
 * @param builder builds the images
 */
record KubernetesSetup(KubernetesConfig config, String context, BuildEngine builder) implements PlatformSetup {

    /** The strictest profile: whatever else runs in the namespace is held to it as well. */
    private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    /** Finds out which context {@code current} is. */
    static KubernetesSetup of(KubernetesConfig config, BuildEngine builder) {
        return new KubernetesSetup(
                config,
                config.context().equals(KubernetesConfig.CURRENT)
                        ? KubernetesPreflight.currentContext(config.kubeconfig())
                                .orElse(config.context())
                        : config.context(),
                builder);
    }

    @Override
    public Platform platform() {
        return KubernetesPlatform.in(settings());
    }

    @Override
    public List<Problem> check(ClusterPlan plan, Ownership ownership, Consumer<String> progress) {
        var problems = new ArrayList<>(builder.check(plan));
        var pin = pin(ownership);
        // A current context that nobody knows is told by the preflight.
        if (pin.problem().isPresent() && !context.equals(KubernetesConfig.CURRENT)) {
            problems.add(pin.problem().get());
            return problems;
        }
        problems.addAll(new KubernetesPreflight(settings())
                .withState(KubernetesSetup::state)
                .check(plan, config.createNamespace(), ownership, progress));
        if (problems.isEmpty()) {
            pin.keep(ownership.tags(), Ownership.pins());
        }
        return problems;
    }

    private KubernetesPin pin(Ownership ownership) {
        return KubernetesPin.of(config, context, ownership.tags(), KubernetesSetup::state);
    }

    private static StateObjects state() {
        return Ownership.state().map(cli -> StateObjects.of(cli.resources())).orElse(StateObjects.NONE);
    }

    @Override
    public List<String> warnings(ClusterPlan plan) {
        var warnings = new ArrayList<>(builder.warnings(plan));
        warnings.addAll(new KubernetesPreflight(settings()).warnings(plan));
        return warnings;
    }

    @Override
    public boolean publishesOnEveryNode() {
        return config.exposure() == Exposure.NODE_PORT;
    }

    @Override
    public Map<String, String> outputs(ClusterPlan plan) {
        return Map.of("kubernetesContext", context);
    }

    @Override
    public PreparedPlatform prepare(ClusterPlan plan, Ownership ownership) {
        var args = ProviderArgs.builder()
                .context(context)
                // A cluster made anew under the same name has another address and other certificates; by default that
                // replaces the provider, and with it everything.
                .clusterIdentifier(pin(ownership).identifier())
                .enableConfigMapMutable(true)
                .enableSecretMutable(true)
                // What a user changed by hand becomes again what the stack says.
                .enablePatchForce(true)
                // A workspace that was kept is found again; that it is ours was checked before.
                .upsertExistingObjects(true);
        config.kubeconfig().map(Output::ofSecret).ifPresent(args::kubeconfig);
        var provider = new Provider("kubernetes", args.build());
        var providers = new ArrayList<ProviderResource>(builder.providers());
        providers.add(provider);
        var options = ComponentResourceOptions.builder().providers(providers).build();
        if (!config.createNamespace()) {
            return new PreparedPlatform(built(KubernetesPlatform.in(settings())), options);
        }
        var namespace = new Namespace(
                "spark-namespace",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(config.namespace())
                                .labels(Map.of(
                                        POD_SECURITY,
                                        "restricted",
                                        Labels.CLUSTER,
                                        LabelValue.of(plan.spec().name()),
                                        Labels.OWNER,
                                        ownership.owner().id()))
                                .annotations(Map.of(
                                        Labels.OWNER_NAME, ownership.owner().name()))
                                .build())
                        .build(),
                CustomResourceOptions.builder()
                        .provider(provider)
                        // The workspace that is kept lies in it.
                        .retainOnDelete(plan.workspace().retain())
                        .deleteBeforeReplace(true)
                        .build());
        Output<String> made =
                namespace.metadata().applyValue(meta -> meta.name().orElse(config.namespace()));
        return new PreparedPlatform(built(KubernetesPlatform.in(settings(), made)), options);
    }

    private KubernetesPlatform built(KubernetesPlatform platform) {
        return builder.host().map(platform::buildingOn).orElse(platform);
    }

    private KubernetesSettings settings() {
        return config.settings(context);
    }
}
