package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.platform.ImageHandle;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the platform Kubernetes. {@link #of} has the defaults.
 *
 * @param namespace the namespace that holds all objects of the cluster: at most 63 lower-case letters, digits and hyphens
 * @param kubectl how commands that run on this machine reach the Kubernetes cluster
 * @param delivery how built images reach the nodes. Default: {@code minikube image load} with the profile {@code minikube}
 * @param exposure how people reach the pages. Default: {@link Exposure#PORT_FORWARD}
 * @param storageClass the storage class of volumes. Default: the Kubernetes cluster's default class
 * @param workspaceSize the storage that the workspace's claim requests. Default: 10 GiB
 * @param scratchSize how much a node may write to {@code spark.local.dir} before it is evicted. Default: as much as the disk holds
 * @param cpuRequestPercent the percentage of its CPU limit that a pod reserves, 1 to 100; memory is always reserved in full. Default: 100
 * @param createNamespace whether the namespace is made with the cluster. An existing namespace of another owner is then refused. Default: true
 * @param clusterIdentifier identifies this Kubernetes cluster, even if its address changes; another identifier means another Kubernetes cluster.
 *     Default: the context in which the cluster was first made
 * @param labels labels for every object, in addition to the library's labels. Default: none
 */
public record KubernetesSettings(
        String namespace,
        Kubectl kubectl,
        ImageDelivery delivery,
        Exposure exposure,
        Optional<String> storageClass,
        MemorySize workspaceSize,
        Optional<MemorySize> scratchSize,
        int cpuRequestPercent,
        boolean createNamespace,
        Optional<String> clusterIdentifier,
        Map<String, String> labels) {

    /** The default of {@link #workspaceSize}: 10 GiB. */
    public static final MemorySize WORKSPACE_SIZE = MemorySize.gibibytes(10);

    /** Copies the labels. */
    public KubernetesSettings {
        labels = Map.copyOf(new TreeMap<>(labels));
    }

    /** The settings for a namespace, with every default. */
    public static KubernetesSettings of(String namespace, Kubectl kubectl) {
        return new Builder(namespace, kubectl).build();
    }

    /** A builder that starts with these settings. */
    public Builder toBuilder() {
        var builder = new Builder(namespace, kubectl)
                .delivery(delivery)
                .exposure(exposure)
                .workspaceSize(workspaceSize)
                .cpuRequestPercent(cpuRequestPercent)
                .createNamespace(createNamespace)
                .labels(labels);
        storageClass.ifPresent(builder::storageClass);
        scratchSize.ifPresent(builder::scratchSize);
        clusterIdentifier.ifPresent(builder::clusterIdentifier);
        return builder;
    }

    /** Delivered images are in no registry: a node that lacks such an image should fail at once instead of looking for it in registries. */
    String pullPolicy(ImageHandle image) {
        return image.built() && delivery.pulledFrom().isEmpty() ? "Never" : "IfNotPresent";
    }

    /** Changes settings one by one. See {@link KubernetesSettings} for what they mean. */
    public static final class Builder {
        private final String namespace;
        private final Kubectl kubectl;
        private ImageDelivery delivery = ImageDelivery.minikube("minikube");
        private Exposure exposure = Exposure.PORT_FORWARD;
        private Optional<String> storageClass = Optional.empty();
        private MemorySize workspaceSize = WORKSPACE_SIZE;
        private Optional<MemorySize> scratchSize = Optional.empty();
        private int cpuRequestPercent = 100;
        private boolean createNamespace = true;
        private Optional<String> clusterIdentifier = Optional.empty();
        private Map<String, String> labels = Map.of();

        private Builder(String namespace, Kubectl kubectl) {
            this.namespace = namespace;
            this.kubectl = kubectl;
        }

        /** How built images reach the nodes. Default: {@code minikube image load} with the profile {@code minikube}. */
        public Builder delivery(ImageDelivery value) {
            this.delivery = value;
            return this;
        }

        /** How people reach the pages. Default: {@link Exposure#PORT_FORWARD}. */
        public Builder exposure(Exposure value) {
            this.exposure = value;
            return this;
        }

        /** The storage class of volumes. Default: the Kubernetes cluster's default class. */
        public Builder storageClass(String value) {
            this.storageClass = Optional.of(value);
            return this;
        }

        /** The storage that the workspace's claim requests. Default: 10 GiB. */
        public Builder workspaceSize(MemorySize value) {
            this.workspaceSize = value;
            return this;
        }

        /** How much a node may write to {@code spark.local.dir} before it is evicted. Default: as much as the disk holds. */
        public Builder scratchSize(MemorySize value) {
            this.scratchSize = Optional.of(value);
            return this;
        }

        /** The percentage of its CPU limit that a pod reserves, 1 to 100. Default: 100. */
        public Builder cpuRequestPercent(int value) {
            this.cpuRequestPercent = value;
            return this;
        }

        /** Whether the namespace is made with the cluster. Default: true. */
        public Builder createNamespace(boolean value) {
            this.createNamespace = value;
            return this;
        }

        /** Identifies this Kubernetes cluster, even if its address changes. Default: the context in which the cluster was first made. */
        public Builder clusterIdentifier(String value) {
            this.clusterIdentifier = Optional.of(value);
            return this;
        }

        /** Labels for every object, in addition to the library's labels; replaces labels that were set before. Default: none. */
        public Builder labels(Map<String, String> value) {
            this.labels = value;
            return this;
        }

        /** Builds the settings. */
        public KubernetesSettings build() {
            return new KubernetesSettings(
                    namespace,
                    kubectl,
                    delivery,
                    exposure,
                    storageClass,
                    workspaceSize,
                    scratchSize,
                    cpuRequestPercent,
                    createNamespace,
                    clusterIdentifier,
                    labels);
        }
    }
}
