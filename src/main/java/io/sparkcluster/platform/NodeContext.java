package io.sparkcluster.platform;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node needs besides its own description: its image, and what the cluster's nodes share.
 *
 * @param image the image that it runs
 * @param podImage the image of the pods that the node requests while it runs; empty for nodes that request none
 * @param network the network that it joins
 * @param volumes the volumes that the cluster's nodes share, by {@link io.sparkcluster.plan.VolumePlan#id}
 * @param secrets the secrets that the cluster has; a node mounts those that its plan names
 * @param secretsGeneration generation of the generated secrets; a node that was started with another generation is replaced
 * @param publishAddress the host's address on which the node's ports are published
 */
public record NodeContext(
        ImageHandle image,
        Optional<ImageHandle> podImage,
        NetworkHandle network,
        Map<String, VolumeHandle> volumes,
        Map<SecretSpec, SecretHandle> secrets,
        int secretsGeneration,
        String publishAddress) {

    /** Keeps its own copy. */
    public NodeContext {
        volumes = Map.copyOf(volumes);
        secrets = Map.copyOf(secrets);
    }

    /** The same context for a node that runs another image. */
    public NodeContext withImage(ImageHandle other) {
        return new NodeContext(other, podImage, network, volumes, secrets, secretsGeneration, publishAddress);
    }

    /**
     * The shared volume that a node, or a pod that the node requests, mounts.
     *
     * @throws IllegalArgumentException when the cluster has no volume of that identifier
     */
    public VolumeHandle volumeOf(NodeSpec node, Mount.Shared shared) {
        return Optional.ofNullable(volumes.get(shared.volume()))
                .orElseThrow(
                        () -> new IllegalArgumentException(node.hostName() + " needs the volume " + shared.volume()));
    }

    /**
     * A secret that a node mounts.
     *
     * @throws IllegalArgumentException when the cluster has none of that name
     */
    public SecretHandle secretOf(NodeSpec node, SecretSpec secret) {
        return Optional.ofNullable(secrets.get(secret))
                .orElseThrow(() -> new IllegalArgumentException(
                        node.hostName() + " needs the secret " + secret.name() + ", and the cluster has none"));
    }

    /**
     * The version of a node's secrets: their generation, followed by the revision of each secret that the user supplies. A platform replaces a node that was
     * started with another version. The version reveals nothing about the secrets' values.
     *
     * @throws IllegalArgumentException when the cluster lacks one of the secrets
     */
    public Output<String> secretsVersion(NodeSpec node) {
        String generation = Integer.toString(secretsGeneration);
        var revisions = node.secretsWithPods().stream()
                .flatMap(secret -> secretOf(node, secret).revision().stream())
                .toList();
        return revisions.isEmpty()
                ? Output.of(generation)
                : Output.all(revisions).applyValue(all -> generation + "-" + String.join("-", all));
    }

    /**
     * The resources that are complete when the node can read all its secrets.
     *
     * @throws IllegalArgumentException when the cluster lacks one of the secrets
     */
    public List<Resource> secretsDelivered(NodeSpec node) {
        return node.secretsWithPods().stream()
                .map(secret -> secretOf(node, secret).delivered())
                .toList();
    }
}
