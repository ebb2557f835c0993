package io.sparkcluster.platform;

import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node is put into.
 *
 * @param image the image that it runs
 * @param podImage the image of the pods that it asks for while it runs, for nodes that do
 * @param network the network that it joins
 * @param workspace the shared workspace, for nodes that mount it
 * @param secrets the secrets that the cluster has; a node mounts those that its plan names
 * @param secretsGeneration generation of the secrets; a node that was started with those of another one is replaced
 * @param publishAddress the host's address for its published ports
 */
public record NodeContext(
        ImageHandle image,
        Optional<ImageHandle> podImage,
        NetworkHandle network,
        Optional<VolumeHandle> workspace,
        Map<SecretName, SecretHandle> secrets,
        int secretsGeneration,
        String publishAddress) {

    /** Keeps its own copy. */
    public NodeContext {
        secrets = secrets.isEmpty() ? Map.of() : new EnumMap<>(secrets);
    }

    /** The same context for a node that runs another image. */
    public NodeContext withImage(ImageHandle other) {
        return new NodeContext(other, podImage, network, workspace, secrets, secretsGeneration, publishAddress);
    }

    /**
     * The workspace that a node mounts.
     *
     * @throws IllegalArgumentException when there is none
     */
    public VolumeHandle workspaceOf(NodeSpec node) {
        return workspace.orElseThrow(() -> new IllegalArgumentException(node.hostName() + " needs a workspace"));
    }

    /**
     * A secret that a node mounts.
     *
     * @throws IllegalArgumentException when the cluster has none of that name
     */
    public SecretHandle secretOf(NodeSpec node, SecretName name) {
        return Optional.ofNullable(secrets.get(name))
                .orElseThrow(() -> new IllegalArgumentException(node.hostName() + " needs the secret " + name.label()));
    }

    /** What is complete when all secrets of a node are where it can read them. */
    public List<Resource> secretsDelivered(NodeSpec node) {
        return node.secrets().stream()
                .map(secret -> secretOf(node, secret).delivered())
                .toList();
    }
}
