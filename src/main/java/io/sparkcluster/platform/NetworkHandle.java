package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * A network that nodes join.
 *
 * @param name its name, known when it exists
 * @param id what the platform calls it in its own records; where that is its name, the name
 */
public record NetworkHandle(Output<String> name, Output<String> id) {

    /** A network that is known by its name alone. */
    public NetworkHandle(Output<String> name) {
        this(name, name);
    }
}
