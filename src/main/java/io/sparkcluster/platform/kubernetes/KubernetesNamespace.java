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
 * Registers the provider and the namespace of a cluster. The provider names its context, so that the machine's current context and its default
 * provider are never used.
 */
final class KubernetesNamespace {

    /** The label that enforces a Pod Security Standard on every pod in the namespace, also on pods that do not belong to the cluster. */
    private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    private final String name;
    private final KubernetesSettings settings;
    private final Optional<Resource> parent;

    KubernetesNamespace(String name, KubernetesSettings settings, Optional<Resource> parent) {
        this.name = name;
        this.settings = settings;
        this.parent = parent;
    }

    /** The provider flags that a cluster relies on. */
    static ProviderArgs.Builder flags() {
        return ProviderArgs.builder()
                .enableConfigMapMutable(true)
                .enableSecretMutable(true)
                // Reverts what a user changed by hand; without force, the API server would report a conflict.
                .enablePatchForce(true)
                // Takes a retained workspace over again. The preflight has checked that this stack owns it.
                .upsertExistingObjects(true);
    }

    /**
     * A provider for the Kubernetes cluster that the settings name.
     *
     * @param identifier identifies the Kubernetes cluster. Without an identifier, the provider compares addresses and certificates: a Kubernetes
     *     cluster that was made anew under the same name would replace the provider and all objects
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
                // The name that the program gave its provider before 0.2.0.
                () -> options.aliases(Alias.builder().name("kubernetes").build()));
        return new Provider(name + "-kubernetes", args.build(), options.build());
    }

    /** Registers the namespace. Its name is known when it exists. */
    Output<String> namespace(ClusterPlan plan, Owner owner, Provider provider) {
        var options = CustomResourceOptions.builder()
                .provider(provider)
                // Deleting the namespace would delete the retained volumes in it.
                .retainOnDelete(plan.volumes().stream().anyMatch(VolumePlan::retain))
                .deleteBeforeReplace(true)
                // A replacement would delete the workspace. KubernetesPlaces refuses another name beforehand.
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
