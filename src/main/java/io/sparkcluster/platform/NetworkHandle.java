package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * A network that nodes join.
 *
 * @param name the network's name, known when the network exists
 * @param id the platform's identifier of the network; its name, if the platform has no other identifier
 */
public record NetworkHandle(Output<String> name, Output<String> id) {

    /** A network that is known by its name alone. */
    public NetworkHandle(Output<String> name) {
        this(name, name);
    }
}
