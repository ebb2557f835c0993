package io.sparkcluster.platform.kubernetes;

import com.pulumi.core.Alias;
import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Owner;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cluster on Kubernetes needs besides itself: a provider of its own, so that what happens to be current on the machine is never used, and its namespace.
 */
final class KubernetesNamespace {

    /** The strictest profile: whatever else runs in the namespace is held to it as well. */
    private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    private final String name;
    private final KubernetesSettings settings;
    private final Optional<Resource> parent;

    KubernetesNamespace(String name, KubernetesSettings settings, Optional<Resource> parent) {
        this.name = name;
        this.settings = settings;
        this.parent = parent;
    }

    /** The flags that a cluster relies on. */
    static ProviderArgs.Builder flags() {
        return ProviderArgs.builder()
                .enableConfigMapMutable(true)
                .enableSecretMutable(true)
                // What a user changed by hand becomes again what the stack says.
                .enablePatchForce(true)
                // A workspace that was kept is found again; that it is ours was checked before.
                .upsertExistingObjects(true);
    }

    /**
     * A provider for the Kubernetes cluster that the settings name.
     *
     * @param identifier what tells it from others. A cluster made anew under the same name has another address and other certificates; by default that replaces the
     *     provider, and with it everything
     */
    Provider provider(String identifier) {
        var args =
                flags().clusterIdentifier(identifier).context(settings.kubectl().context());
        settings.kubectl()
                .content()
                .or(() -> settings.kubectl()
                        .path()
                        .or(() -> KubeconfigFiles.merged(
                                System.getenv(), settings.kubectl().context()))
                        .map(Output::ofSecret))
                .ifPresent(args::kubeconfig);
        var options = CustomResourceOptions.builder();
        parent.ifPresentOrElse(
                options::parent,
                // What the provider of the ready program was called before 0.2.0.
                () -> options.aliases(Alias.builder().name("kubernetes").build()));
        return new Provider(name + "-kubernetes", args.build(), options.build());
    }

    /** The namespace, known when it is there. */
    Output<String> namespace(ClusterPlan plan, Owner owner, Provider provider) {
        var options = CustomResourceOptions.builder()
                .provider(provider)
                // Volumes that are kept lie in it.
                .retainOnDelete(plan.volumes().stream().anyMatch(VolumePlan::retain))
                .deleteBeforeReplace(true)
                // What would replace it is refused: the workspace would go with it.
                .ignoreChanges(List.of("metadata.name"));
        parent.ifPresent(options::parent);
        var made = new Namespace(
                name + "-namespace",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(settings.namespace())
                                .labels(Map.of(
                                        POD_SECURITY,
                                        "restricted",
                                        Labels.CLUSTER,
                                        LabelValue.of(plan.spec().name()),
                                        Labels.OWNER,
                                        owner.id()))
                                .annotations(Map.of(Labels.OWNER_NAME, owner.name()))
                                .build())
                        .build(),
                options.build());
        return made.metadata().applyValue(meta -> meta.name().orElse(settings.namespace()));
    }
}
