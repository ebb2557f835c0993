package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * An image that nodes can run.
 *
 * @param reference the name that another image is built on
 * @param content identifies its content, so that a node is replaced exactly when that changes
 * @param contentHash hash of what it is built from, part of what is built on it; for an image from a registry its reference, or nothing if only the update knows that
 * @param built whether it was built here rather than taken from a registry
 */
public record ImageHandle(Output<String> reference, Output<String> content, String contentHash, boolean built) {

    /** An image that a user gives and that nodes get by themselves. */
    public static ImageHandle given(String reference) {
        var name = Output.of(reference);
        return new ImageHandle(name, name, reference, false);
    }

    /** An image that a user gives by the output of another resource, and that nodes get by themselves. Nothing can be built on it. */
    public static ImageHandle given(Output<String> reference) {
        return new ImageHandle(reference, reference, "", false);
    }
}
