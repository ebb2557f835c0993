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
        Map<String, String> labels) {

    /** What the workspace's claim asks for when nothing is said. */
    public static final MemorySize WORKSPACE_SIZE = MemorySize.gibibytes(10);

    /** Keeps its own copy. */
    public KubernetesSettings {
        labels = Map.copyOf(new TreeMap<>(labels));
    }

    /** That namespace, with every default. */
    public static KubernetesSettings of(String namespace, Kubectl kubectl) {
        return new KubernetesSettings(
                namespace,
                kubectl,
                ImageDelivery.minikube("minikube"),
                Exposure.PORT_FORWARD,
                Optional.empty(),
                WORKSPACE_SIZE,
                Optional.empty(),
                100,
                Map.of());
    }

    /** The same, with images delivered another way. */
    public KubernetesSettings withDelivery(ImageDelivery other) {
        return new KubernetesSettings(
                namespace,
                kubectl,
                other,
                exposure,
                storageClass,
                workspaceSize,
                scratchSize,
                cpuRequestPercent,
                labels);
    }

    /** The same, with pages reached another way. */
    public KubernetesSettings withExposure(Exposure other) {
        return new KubernetesSettings(
                namespace,
                kubectl,
                delivery,
                other,
                storageClass,
                workspaceSize,
                scratchSize,
                cpuRequestPercent,
                labels);
    }

    /** The same, with volumes of another storage class. */
    public KubernetesSettings withStorageClass(String other) {
        return new KubernetesSettings(
                namespace,
                kubectl,
                delivery,
                exposure,
                Optional.of(other),
                workspaceSize,
                scratchSize,
                cpuRequestPercent,
                labels);
    }

    /** The same, with more labels. */
    public KubernetesSettings withLabels(Map<String, String> other) {
        return new KubernetesSettings(
                namespace,
                kubectl,
                delivery,
                exposure,
                storageClass,
                workspaceSize,
                scratchSize,
                cpuRequestPercent,
                other);
    }

    /** Images that were delivered are in no registry: a node that lacks one should say so at once instead of asking around. */
    String pullPolicy(ImageHandle image) {
        return image.built() && !(delivery instanceof ImageDelivery.Registry) ? "Never" : "IfNotPresent";
    }
}
