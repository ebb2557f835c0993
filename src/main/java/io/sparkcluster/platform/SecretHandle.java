package io.sparkcluster.platform;

import com.pulumi.resources.Resource;
import io.sparkcluster.plan.SecretName;

/**
 * A secret that lies where nodes can read it.
 *
 * @param secret which one
 * @param volume what a node mounts
 * @param delivered complete when the file is there
 */
public record SecretHandle(SecretName secret, VolumeHandle volume, Resource delivered) {}
