package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.platform.ImageHandle;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What only Kubernetes needs to know.
 *
 * @param namespace the namespace, in which everything of the cluster lies
 * @param kubectl how commands that run on this machine reach the Kubernetes cluster
 * @param delivery how built images come to the nodes. Default: {@code minikube image load}
 * @param exposure how people reach the pages. Default: {@link Exposure#PORT_FORWARD}
 * @param storageClass the storage class of volumes. Default: the Kubernetes cluster's own default
 * @param workspaceSize what the workspace's claim asks for. Default: 10 GiB
 * @param scratchSize most that a node may write to {@code spark.local.dir} before it is evicted. Default: no limit but the disk's
 * @param cpuRequestPercent what part of its CPU limit a pod reserves, 1 to 100; memory is always reserved in full. Default: 100
 * @param createNamespace whether the namespace is made with the cluster, and refused where it is somebody else's. Default: true
 * @param clusterIdentifier what tells this Kubernetes cluster from others, whatever its address becomes. Default: the context in which the cluster was first made
 * @param labels put on every object besides the library's own. Default: none
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

    /** What the workspace's claim asks for when nothing is said. */
    public static final MemorySize WORKSPACE_SIZE = MemorySize.gibibytes(10);

    /** Keeps its own copy. */
    public KubernetesSettings {
        labels = Map.copyOf(new TreeMap<>(labels));
    }

    /** That namespace, with every default. */
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

    /** Images that were delivered are in no registry: a node that lacks one should say so at once instead of asking around. */
    String pullPolicy(ImageHandle image) {
        return image.built() && delivery.pulledFrom().isEmpty() ? "Never" : "IfNotPresent";
    }

    /** Changes settings one by one; see {@link KubernetesSettings} for their units and defaults. */
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

        /** How built images come to the nodes. */
        public Builder delivery(ImageDelivery value) {
            this.delivery = value;
            return this;
        }

        /** How people reach the pages. */
        public Builder exposure(Exposure value) {
            this.exposure = value;
            return this;
        }

        /** The storage class of volumes. */
        public Builder storageClass(String value) {
            this.storageClass = Optional.of(value);
            return this;
        }

        /** What the workspace's claim asks for. */
        public Builder workspaceSize(MemorySize value) {
            this.workspaceSize = value;
            return this;
        }

        /** Most that a node may write to {@code spark.local.dir}. */
        public Builder scratchSize(MemorySize value) {
            this.scratchSize = Optional.of(value);
            return this;
        }

        /** What part of its CPU limit a pod reserves. */
        public Builder cpuRequestPercent(int value) {
            this.cpuRequestPercent = value;
            return this;
        }

        /** Whether the namespace is made with the cluster. */
        public Builder createNamespace(boolean value) {
            this.createNamespace = value;
            return this;
        }

        /** What tells this Kubernetes cluster from others. */
        public Builder clusterIdentifier(String value) {
            this.clusterIdentifier = Optional.of(value);
            return this;
        }

        /** Labels of every object besides the library's own. */
        public Builder labels(Map<String, String> value) {
            this.labels = value;
            return this;
        }

        /** The settings. */
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
