package io.sparkcluster.platform;

import com.pulumi.core.Output;

/**
 * An image that nodes can run.
 *
 * @param reference the name by which another image can be built on it
 * @param content identifies the image's content; a node is replaced exactly when the content changes
 * @param contentHash hash of what the image is built from; it is part of the hash of every image built on it. For an image from a registry, the reference, or
 *     empty if the reference is known only during the update
 * @param built whether it was built here rather than taken from a registry
 */
public record ImageHandle(Output<String> reference, Output<String> content, String contentHash, boolean built) {

    /** An image that the user supplies and that nodes pull by themselves. */
    public static ImageHandle given(String reference) {
        var name = Output.of(reference);
        return new ImageHandle(name, name, reference, false);
    }

    /** An image that the user supplies as the output of another resource and that nodes pull by themselves. No image can be built on it. */
    public static ImageHandle given(Output<String> reference) {
        return new ImageHandle(reference, reference, "", false);
    }
}
