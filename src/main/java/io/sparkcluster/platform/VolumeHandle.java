package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * A volume that nodes mount.
 *
 * @param name its name, known when it exists
 */
public record VolumeHandle(Output<String> name) {}
