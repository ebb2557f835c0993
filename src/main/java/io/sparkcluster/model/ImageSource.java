package io.sparkcluster.model;

/** Where an image comes from: built by the program, or brought by the user from a registry. */
public sealed interface ImageSource {

    /** Build the image from the sources that come with this library. The default. */
    static ImageSource build() {
        return new Build();
    }

    /**
     * Use an image that somebody else built, by the reference that the engine pulls it with.
     *
     * @param reference for example {@code registry.example.org/team/spark-worker:4.2.1}; the image must keep the
     *     contract in {@code images/README.md}, which {@code DockerPreflight} checks in part
     */
    static ImageSource registry(String reference) {
        return new Registry(reference);
    }

    /** Built from this library's own sources. */
    record Build() implements ImageSource {}

    /**
     * Pulled from a registry, or found in the engine.
     *
     * @param reference the image reference, with a tag or digest
     */
    record Registry(String reference) implements ImageSource {}
}
