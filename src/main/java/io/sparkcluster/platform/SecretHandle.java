package io.sparkcluster.platform;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.SecretSpec;
import java.util.Optional;

/**
 * A secret that lies where nodes can read it.
 *
 * @param secret which one
 * @param volume what a node mounts
 * @param delivered complete when the file is there
 * @param revision changes with the value and tells nothing about it, for a secret that was given; one that was made here changes with its generation
 */
public record SecretHandle(
        SecretSpec secret, VolumeHandle volume, Resource delivered, Optional<Output<String>> revision) {

    /** A secret as a platform delivers it. */
    public SecretHandle(SecretSpec secret, VolumeHandle volume, Resource delivered) {
        this(secret, volume, delivered, Optional.empty());
    }

    /** The same secret with what changes with its value. */
    public SecretHandle withRevision(Output<String> other) {
        return new SecretHandle(secret, volume, delivered, Optional.of(other));
    }
}
