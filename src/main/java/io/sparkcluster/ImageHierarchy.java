package io.sparkcluster;

import com.google.auto.value.AutoValue;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.ResourceScope;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The images of a cluster, each built on its parent: base, spark-base, and on that spark-master, spark-worker,
 * spark-history and jupyterlab. Each built image is tagged with the hash of its sources, so that a change rebuilds only
 * the changed image and the images that are built on it.
 */
public final class ImageHierarchy extends ComponentResource {

    private final Map<ImageRole, ImageHandle> images;

    /**
     * Registers the images.
     *
     * @param name name of the component
     * @param args the plan whose images are built or pulled
     * @param options resource options
     */
    public ImageHierarchy(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(ImageHierarchy.class), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name, this, Map.of());
        var built = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        args.plan()
                .images()
                .forEach((role, image) -> built.put(role, image(args, scope.child(role.label()), image, built)));
        this.images = args.platform().deliver(scope.child("delivery"), args.plan(), built);
        var outputs = new TreeMap<String, Output<?>>();
        images.forEach((role, image) -> outputs.put(role.label(), image.reference()));
        registerOutputs(outputs);
    }

    /** Registers images that no other component contains. */
    public ImageHierarchy(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    private static ImageHandle image(
            Args args, ResourceScope scope, ImageSpec image, Map<ImageRole, ImageHandle> built) {
        var platform = args.platform();
        return image.source()
                .fold(
                        build -> platform.image(
                                scope, image, image.role().parent().map(built::get)),
                        registry -> platform.givenImage(scope, image, Output.of(registry.reference())),
                        namedLater -> platform.givenImage(scope, image, args.reference(image.role())));
    }

    /**
     * The image that nodes or pods of a kind run.
     *
     * @throws IllegalStateException when the plan has no image for the kind
     */
    public ImageHandle of(NodeKind kind) {
        return Optional.ofNullable(images.get(kind.image()))
                .orElseThrow(() -> new IllegalStateException("no image for " + kind.label()));
    }

    /** Arguments of the images. */
    @AutoValue
    public abstract static class Args {

        Args() {}

        /**
         * Arguments for a plan in which no image is named later.
         *
         * @param platform the platform whose nodes run the images
         * @param plan the cluster whose images they are
         * @throws IllegalArgumentException when an image is named later
         */
        public static Args of(Platform platform, ClusterPlan plan) {
            return builder(platform, plan).build();
        }

        /**
         * A builder that starts without references.
         *
         * @param platform the platform whose nodes run the images
         * @param plan the cluster whose images they are
         */
        public static Builder builder(Platform platform, ClusterPlan plan) {
            return new AutoValue_ImageHierarchy_Args.Builder()
                    .platform(platform)
                    .plan(plan)
                    .references(Map.of());
        }

        /** The platform whose nodes run the images. */
        public abstract Platform platform();

        /** The cluster whose images they are. */
        public abstract ClusterPlan plan();

        /** References of the images that are marked in the plan as named later. */
        public abstract Map<ImageRole, Output<String>> references();

        private Output<String> reference(ImageRole role) {
            return Optional.ofNullable(references().get(role)).orElseThrow();
        }

        /** A builder that starts with these values. */
        abstract Builder toBuilder();
        /** Collects arguments. What is not set keeps its default. */
        @AutoValue.Builder
        public abstract static class Builder {

            Builder() {}

            abstract Builder platform(Platform value);

            abstract Builder plan(ClusterPlan value);

            /** References of the images that are marked in the plan as named later. Default: none. */
            public abstract Builder references(Map<ImageRole, Output<String>> value);

            abstract ClusterPlan plan();

            abstract Map<ImageRole, Output<String>> references();

            abstract Args autoBuild();

            /**
             * Builds the arguments with their own copy of the references.
             *
             * @throws IllegalArgumentException when an image is named later and has no reference here
             */
            public Args build() {
                references(Map.copyOf(references()));
                for (ImageSpec image : plan().images().values()) {
                    if (image.source().fold(build -> false, registry -> false, namedLater -> true)
                            && !references().containsKey(image.role())) {
                        throw new IllegalArgumentException(image.role().field()
                                + " is named later, and no output names it. Give its reference, or an output with it");
                    }
                }
                return autoBuild();
            }
        }
    }
}
