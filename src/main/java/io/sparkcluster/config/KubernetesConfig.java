package io.sparkcluster.config;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys that only Kubernetes needs.
 *
 * @param context the context of {@code kubectl}, or {@code current}
 * @param kubeconfig the kubeconfig file; empty for the default one
 * @param namespace the namespace
 * @param createNamespace whether the stack creates the namespace
 * @param clusterIdentifier identifies this Kubernetes cluster even when its address changes; empty for the default
 * @param delivery how images reach the nodes
 * @param exposure how people reach the pages
 * @param storageClass the storage class of volumes; empty for the default class
 * @param workspaceSize size of the workspace's claim
 * @param scratchSize the most that a node may write to its scratch folder; empty for no limit
 * @param cpuRequestPercent share of its CPU limit that a pod reserves, in percent
 */
record KubernetesConfig(
        String context,
        Optional<String> kubeconfig,
        String namespace,
        boolean createNamespace,
        Optional<String> clusterIdentifier,
        ImageDelivery delivery,
        Exposure exposure,
        Optional<String> storageClass,
        MemorySize workspaceSize,
        Optional<MemorySize> scratchSize,
        int cpuRequestPercent) {

    private static final String PORT_FORWARD = "portForward";
    private static final String MINIKUBE = "minikube";

    /**
     * Reads the keys.
     *
     * @param loader a command on this machine that loads images into the nodes of a test bed, in place of Minikube's
     */
    static KubernetesConfig read(ConfigValues values, String cluster, boolean wanted, Optional<String> loader) {
        String context = wanted
                ? values.required(
                        "kubernetes.context", "Name it, for example minikube; kubectl config get-contexts lists them")
                : values.text("kubernetes.context").orElse("");
        return new KubernetesConfig(
                context,
                values.text("kubernetes.kubeconfig"),
                values.text("kubernetes.namespace").orElse(cluster),
                values.bool("kubernetes.createNamespace", true),
                values.text("kubernetes.clusterIdentifier"),
                delivery(values, loader),
                values.choice("kubernetes.exposure", exposures(), PORT_FORWARD),
                values.text("kubernetes.storageClass"),
                values.memory("kubernetes.workspaceSize").orElse(KubernetesSettings.WORKSPACE_SIZE),
                values.memory("kubernetes.scratchSize"),
                values.integer("kubernetes.cpuRequestPercent", 100));
    }

    private static Map<String, Exposure> exposures() {
        var exposures = new LinkedHashMap<String, Exposure>();
        exposures.put(PORT_FORWARD, Exposure.PORT_FORWARD);
        exposures.put("nodePort", Exposure.NODE_PORT);
        return exposures;
    }

    private static ImageDelivery delivery(ConfigValues values, Optional<String> loader) {
        String profile = values.text("kubernetes.minikubeProfile").orElse(MINIKUBE);
        String socket = values.text("kubernetes.containerdSocket").orElse("/run/containerd/containerd.sock");
        Optional<String> command = values.text("kubernetes.loadCommand");
        Optional<String> registry = values.text("kubernetes.registry");
        var deliveries = new LinkedHashMap<String, Supplier<ImageDelivery>>();
        deliveries.put(
                MINIKUBE, () -> loader.map(ImageDelivery::command).orElseGet(() -> ImageDelivery.minikube(profile)));
        deliveries.put("containerd", () -> ImageDelivery.containerd(socket));
        deliveries.put(
                "registry",
                () -> ImageDelivery.registry(values.needed(
                        registry,
                        "kubernetes.registry",
                        "delivery registry needs it",
                        "Name registry and path, for example registry.example.org/team")));
        deliveries.put(
                "command",
                () -> ImageDelivery.command(values.needed(
                        command,
                        "kubernetes.loadCommand",
                        "delivery command needs it",
                        "Write a command that takes names of images")));
        deliveries.put("present", ImageDelivery::present);
        return values.choice("kubernetes.delivery", deliveries, MINIKUBE).get();
    }

    /** The platform's settings. */
    KubernetesSettings settings() {
        var settings = KubernetesSettings.builder(namespace, kubectl())
                .delivery(delivery)
                .exposure(exposure)
                .workspaceSize(workspaceSize)
                .cpuRequestPercent(cpuRequestPercent)
                .createNamespace(createNamespace);
        storageClass.ifPresent(settings::storageClass);
        scratchSize.ifPresent(settings::scratchSize);
        clusterIdentifier.ifPresent(settings::clusterIdentifier);
        return settings.build();
    }

    private Kubectl kubectl() {
        if (context.equals(Kubectl.CURRENT)) {
            return Kubectl.current(kubeconfig);
        }
        return kubeconfig.map(path -> Kubectl.file(path, context)).orElseGet(() -> Kubectl.context(context));
    }
}
