package io.sparkcluster.platform.kubernetes;

import com.google.auto.value.AutoValue;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.platform.ImageHandle;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the platform Kubernetes. {@link #of} has the defaults.
 */
@AutoValue
public abstract class KubernetesSettings {

    /** The default of {@link #workspaceSize}: 10 GiB. */
    public static final MemorySize WORKSPACE_SIZE = MemorySize.gibibytes(10);

    KubernetesSettings() {}

    /** The settings for a namespace, with every default. */
    public static KubernetesSettings of(String namespace, Kubectl kubectl) {
        return builder(namespace, kubectl).build();
    }

    /** A builder that starts with the defaults; only namespace and {@code kubectl} are required. */
    public static Builder builder(String namespace, Kubectl kubectl) {
        return new AutoValue_KubernetesSettings.Builder()
                .namespace(namespace)
                .kubectl(kubectl)
                .delivery(ImageDelivery.minikube("minikube"))
                .exposure(Exposure.PORT_FORWARD)
                .workspaceSize(WORKSPACE_SIZE)
                .cpuRequestPercent(100)
                .createNamespace(true)
                .labels(Map.of());
    }

    /** The namespace that holds all objects of the cluster: at most 63 lower-case letters, digits and hyphens. */
    public abstract String namespace();

    /** How commands that run on this machine reach the Kubernetes cluster. */
    public abstract Kubectl kubectl();

    /** How built images reach the nodes. Default: {@code minikube image load} with the profile {@code minikube}. */
    public abstract ImageDelivery delivery();

    /** How people reach the pages. Default: {@link Exposure#PORT_FORWARD}. */
    public abstract Exposure exposure();

    /** The storage class of volumes. Default: the Kubernetes cluster's default class. */
    public abstract Optional<String> storageClass();

    /** The storage that the workspace's claim requests. Default: 10 GiB. */
    public abstract MemorySize workspaceSize();

    /** How much a node may write to {@code spark.local.dir} before it is evicted. Default: as much as the disk holds. */
    public abstract Optional<MemorySize> scratchSize();

    /** The percentage of its CPU limit that a pod reserves, 1 to 100; memory is always reserved in full. Default: 100. */
    public abstract int cpuRequestPercent();

    /** Whether the namespace is made with the cluster. An existing namespace of another owner is then refused. Default: true. */
    public abstract boolean createNamespace();

    /**
     * Identifies this Kubernetes cluster, even if its address changes; another identifier means another Kubernetes cluster. Default: the context in
     * which the cluster was first made.
     */
    public abstract Optional<String> clusterIdentifier();

    /** Labels for every object, in addition to the library's labels. Default: none. */
    public abstract Map<String, String> labels();

    /** Delivered images are in no registry: a node that lacks such an image should fail at once instead of looking for it in registries. */
    String pullPolicy(ImageHandle image) {
        return image.built() && delivery().pulledFrom().isEmpty() ? "Never" : "IfNotPresent";
    }

    /** A builder that starts with these settings. */
    public abstract Builder toBuilder();

    /** Changes settings one by one. See {@link KubernetesSettings} for what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        /** How built images reach the nodes. Default: {@code minikube image load} with the profile {@code minikube}. */
        public abstract Builder delivery(ImageDelivery value);

        /** How people reach the pages. Default: {@link Exposure#PORT_FORWARD}. */
        public abstract Builder exposure(Exposure value);

        /** The storage class of volumes. Default: the Kubernetes cluster's default class. */
        public abstract Builder storageClass(String value);

        /** The storage that the workspace's claim requests. Default: 10 GiB. */
        public abstract Builder workspaceSize(MemorySize value);

        /** How much a node may write to {@code spark.local.dir} before it is evicted. Default: as much as the disk holds. */
        public abstract Builder scratchSize(MemorySize value);

        /** The percentage of its CPU limit that a pod reserves, 1 to 100. Default: 100. */
        public abstract Builder cpuRequestPercent(int value);

        /** Whether the namespace is made with the cluster. Default: true. */
        public abstract Builder createNamespace(boolean value);

        /** Identifies this Kubernetes cluster, even if its address changes. Default: the context in which the cluster was first made. */
        public abstract Builder clusterIdentifier(String value);

        /** Labels for every object, in addition to the library's labels; replaces labels that were set before. Default: none. */
        public abstract Builder labels(Map<String, String> value);

        /** Builds the settings with their own copy of the labels. */
        public KubernetesSettings build() {
            return labels(Map.copyOf(new TreeMap<>(labels()))).autoBuild();
        }

        abstract Builder namespace(String value);

        abstract Builder kubectl(Kubectl value);

        abstract Map<String, String> labels();

        abstract KubernetesSettings autoBuild();
    }
}
