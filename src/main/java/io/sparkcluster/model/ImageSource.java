package io.sparkcluster.model;

import java.util.Optional;
import java.util.function.Function;

/** Where an image comes from: the program builds it, or the user names an existing one. */
public sealed interface ImageSource {

    /** Build the image from the sources that come with this library. The default. */
    static ImageSource build() {
        return new Build();
    }

    /**
     * Use an image that somebody else built, by the reference that the engine pulls it with.
     *
     * @param reference for example {@code registry.example.org/team/spark-worker:4.2.1}; the image must keep the
     *     contract in {@code images/README.md}, which is checked in part before an update
     */
    static ImageSource registry(String reference) {
        return new Registry(reference);
    }

    /**
     * Use an image that somebody else built, whose reference is the output of another resource. Only the update knows the reference, so that the image is not
     * checked before. {@code SparkClusterArgs.Builder.image} takes the output, and sets this source.
     */
    static ImageSource namedLater() {
        return new NamedLater();
    }

    /** Applies the function for this case. Every case has a parameter, so that code which forgets a new case does not compile. */
    <T> T fold(Function<Build, T> build, Function<Registry, T> registry, Function<NamedLater, T> namedLater);

    /** Whether the program builds the image. */
    default boolean isBuilt() {
        return fold(build -> true, registry -> false, namedLater -> false);
    }

    /** The user's reference. Empty if the program builds the image, or if only the update knows the reference. */
    default Optional<String> givenReference() {
        return fold(
                build -> Optional.empty(),
                registry -> Optional.of(registry.reference()),
                namedLater -> Optional.empty());
    }

    /** Built from this library's own sources. */
    record Build() implements ImageSource {
        @Override
        public <T> T fold(
                Function<Build, T> build, Function<Registry, T> registry, Function<NamedLater, T> namedLater) {
            return build.apply(this);
        }
    }

    /**
     * Pulled from a registry, or found in the engine.
     *
     * @param reference the image reference, with a tag or digest
     */
    record Registry(String reference) implements ImageSource {
        @Override
        public <T> T fold(
                Function<Build, T> build, Function<Registry, T> registry, Function<NamedLater, T> namedLater) {
            return registry.apply(this);
        }
    }

    /** Named by another resource. */
    record NamedLater() implements ImageSource {
        @Override
        public <T> T fold(
                Function<Build, T> build, Function<Registry, T> registry, Function<NamedLater, T> namedLater) {
            return namedLater.apply(this);
        }
    }
}
