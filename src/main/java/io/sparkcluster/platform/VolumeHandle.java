package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * A volume that nodes mount.
 *
 * @param name the volume's name, known when the volume exists
 */
public record VolumeHandle(Output<String> name) {}
