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
 * What a node is put into.
 *
 * @param image the image that it runs
 * @param podImage the image of the pods that it asks for while it runs, for nodes that do
 * @param network the network that it joins
 * @param volumes the volumes that the cluster's nodes share, by {@link io.sparkcluster.plan.VolumePlan#id}
 * @param secrets the secrets that the cluster has; a node mounts those that its plan names
 * @param secretsGeneration generation of the secrets that were made here; a node that was started with those of another one is replaced
 * @param publishAddress the host's address for its published ports
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
     * A shared volume that a node, or a pod that it asks for, mounts.
     *
     * @throws IllegalArgumentException when there is none
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
     * What changes with the secrets of a node: the generation, and after it something for each secret that was given. A platform replaces a node that was started with
     * others. It tells nothing about the secrets themselves.
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

    /** What is complete when all secrets of a node are where it can read them. */
    public List<Resource> secretsDelivered(NodeSpec node) {
        return node.secretsWithPods().stream()
                .map(secret -> secretOf(node, secret).delivered())
                .toList();
    }
}
