package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * A network that nodes join.
 *
 * @param name its name, known when it exists
 */
public record NetworkHandle(Output<String> name) {}
