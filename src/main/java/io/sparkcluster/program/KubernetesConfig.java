package io.sparkcluster.program;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a stack that only Kubernetes needs.
 *
 * @param context the context, or {@code current}
 * @param kubeconfig file of the configuration, if it is not the user's own
 * @param namespace the namespace
 * @param createNamespace whether the stack makes it
 * @param clusterIdentifier what tells this Kubernetes cluster from others, whatever its address becomes, if the user says it
 * @param delivery how images come to the nodes
 * @param exposure how people reach the pages
 * @param storageClass the storage class of volumes
 * @param workspaceSize what the workspace's claim asks for
 * @param scratchSize most that a node may write to its scratch folder
 * @param cpuRequestPercent what part of its CPU limit a pod reserves
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
    private static final String NODE_PORT = "nodePort";
    private static final String MINIKUBE = "minikube";
    private static final List<String> DELIVERIES = List.of(MINIKUBE, "containerd", "registry", "command", "present");

    /**
     * Reads the keys.
     *
     * @param loader a command of this machine that brings images to the nodes, which a test bed may set instead of Minikube's
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
                values.oneOf("kubernetes.exposure", List.of(PORT_FORWARD, NODE_PORT), PORT_FORWARD)
                                .equals(NODE_PORT)
                        ? Exposure.NODE_PORT
                        : Exposure.PORT_FORWARD,
                values.text("kubernetes.storageClass"),
                values.memory("kubernetes.workspaceSize").orElse(KubernetesSettings.WORKSPACE_SIZE),
                values.memory("kubernetes.scratchSize"),
                values.integer("kubernetes.cpuRequestPercent", 100));
    }

    private static ImageDelivery delivery(ConfigValues values, Optional<String> loader) {
        String kind = values.oneOf("kubernetes.delivery", DELIVERIES, MINIKUBE);
        String profile = values.text("kubernetes.minikubeProfile").orElse("minikube");
        String socket = values.text("kubernetes.containerdSocket").orElse("/run/containerd/containerd.sock");
        String command = values.text("kubernetes.loadCommand").orElse("");
        String registry = values.text("kubernetes.registry").orElse("");
        if (kind.equals("registry") && registry.isEmpty()) {
            values.refuse(
                    "kubernetes.registry",
                    "(nothing)",
                    "delivery registry needs it",
                    "Name registry and path, for example registry.example.org/team");
        }
        if (kind.equals("command") && command.isEmpty()) {
            values.refuse(
                    "kubernetes.loadCommand",
                    "(nothing)",
                    "delivery command needs it",
                    "Write a command that takes names of images");
        }
        return switch (kind) {
            case "containerd" -> ImageDelivery.containerd(socket);
            case "registry" -> ImageDelivery.registry(registry);
            case "command" -> ImageDelivery.command(command);
            case "present" -> ImageDelivery.present();
            default -> loader.map(ImageDelivery::command).orElseGet(() -> ImageDelivery.minikube(profile));
        };
    }

    /** The platform's settings. */
    KubernetesSettings settings() {
        return new KubernetesSettings(
                namespace,
                kubectl(),
                delivery,
                exposure,
                storageClass,
                workspaceSize,
                scratchSize,
                cpuRequestPercent,
                createNamespace,
                clusterIdentifier,
                Map.of());
    }

    private Kubectl kubectl() {
        if (context.equals(Kubectl.CURRENT)) {
            return Kubectl.current(kubeconfig);
        }
        return kubeconfig.map(path -> Kubectl.file(path, context)).orElseGet(() -> Kubectl.context(context));
    }
}
