package io.sparkcluster.platform;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.SecretSpec;
import java.util.Optional;

/**
 * A secret that lies where nodes can read it.
 *
 * @param secret the secret
 * @param volume the volume that a node mounts
 * @param delivered complete when the secret's file is in the volume
 * @param revision for a secret that the user supplies: changes with the value and reveals nothing about it. Empty for a generated secret, whose value changes
 *     with its generation only
 */
public record SecretHandle(
        SecretSpec secret, VolumeHandle volume, Resource delivered, Optional<Output<String>> revision) {

    /** A secret as a platform delivers it. */
    public SecretHandle(SecretSpec secret, VolumeHandle volume, Resource delivered) {
        this(secret, volume, delivered, Optional.empty());
    }

    /** The same secret with a revision. */
    public SecretHandle withRevision(Output<String> other) {
        return new SecretHandle(secret, volume, delivered, Optional.of(other));
    }
}
