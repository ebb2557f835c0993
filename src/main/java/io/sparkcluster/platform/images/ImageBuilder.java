package io.sparkcluster.platform.images;

import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.docker.RemoteImage;
import com.pulumi.docker.RemoteImageArgs;
import com.pulumi.docker.inputs.RemoteImageBuildArgs;
import com.pulumi.resources.CustomTimeouts;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.ResourceScope;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds images on the engine that the docker provider uses. */
public final class ImageBuilder {

    /** How long the build of one image may take: a small ARM board or an emulated processor needs more than the provider's 20 minutes. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final BuildEnvironment network;
    private final String prefix;
    /** Whether the provider gets no log of a build, as with Podman. */
    private final boolean silent;

    private ImageBuilder(BuildEnvironment network, String prefix, boolean silent) {
        this.network = network;
        this.prefix = prefix;
        this.silent = silent;
    }

    /**
     * The builder of a Docker engine.
     *
     * @param network how builds reach the network
     */
    public static ImageBuilder docker(BuildEnvironment network) {
        return new ImageBuilder(network, "", false);
    }

    /**
     * The builder of Podman, which puts {@code localhost/} before the names of images that have no registry. It uses the legacy builder: the provider would run
     * BuildKit in a separate container, which needs a registry and does not see Podman's images.
     *
     * @param network how builds reach the network
     */
    public static ImageBuilder podman(BuildEnvironment network) {
        return new ImageBuilder(network, "localhost/", true);
    }

    /**
     * Builds an image.
     *
     * @param parent the image that it is built on; empty for the first image of the hierarchy
     */
    public ImageHandle image(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        var context = BuildContext.of(image, parent.map(ImageHandle::contentHash));
        Output<Map<String, String>> arguments = parent.map(ImageHandle::reference)
                .map(reference -> reference.applyValue(name -> image.buildArgsOn(Optional.of(name))))
                .orElseGet(() -> Output.of(image.buildArgsOn(Optional.empty())));
        Output<Map<String, String>> all = with(network.arguments(image.role()), arguments);
        boolean builds = !Deployment.getInstance().isDryRun();
        if (builds) {
            BuildLog.clear(context.log());
            all = silent ? BuildRepetition.before(context, all) : all;
        }
        var built = new RemoteImage(
                scope.name(),
                RemoteImageArgs.builder()
                        .name(prefix + context.reference())
                        .keepLocally(true)
                        .build(builder(image, context)
                                .context(context.write().toString())
                                .buildArgs(all)
                                .build())
                        .build(),
                scope.options()
                        .customTimeouts(CustomTimeouts.builder()
                                .create(LONGEST)
                                .update(LONGEST)
                                .build())
                        .build());
        if (builds) {
            BuildProgress.follow(
                    context.log(),
                    image.role().label(),
                    all,
                    built.imageId(),
                    BuildProgress.INTERVAL,
                    System.err::println);
        }
        if (builds && silent) {
            BuildRepetition.after(context, built.imageId());
        } else if (builds) {
            BuildLog.follow(context.log(), image.role().label(), built.imageId(), System.err::println);
        }
        return new ImageHandle(built.name(), built.imageId(), context.hash(), true);
    }

    /** Adds the network's arguments, and makes all secret: addresses of proxies and indexes may contain a login. */
    private static Output<Map<String, String>> with(
            Map<String, String> network, Output<Map<String, String>> arguments) {
        if (network.isEmpty()) {
            return arguments;
        }
        return arguments
                .applyValue(own -> {
                    Map<String, String> all = new TreeMap<>(network);
                    all.putAll(own);
                    return all;
                })
                .asSecret();
    }

    private RemoteImageBuildArgs.Builder builder(ImageSpec image, BuildContext context) {
        var build = RemoteImageBuildArgs.builder()
                .labels(Map.of(Labels.IMAGE, image.role().label()));
        image.architecture()
                .ifPresent(architecture -> build.platform(ArchitectureRules.platform(architecture.label())));
        return silent
                ? build.useLegacyBuilder(true)
                : build.buildLogFile(context.log().toString());
    }

    /** Pulls an image, unless the engine has it. */
    public ImageHandle given(ResourceScope scope, ImageSpec image, Output<String> reference) {
        var args = RemoteImageArgs.builder().name(reference).keepLocally(true);
        image.architecture().ifPresent(one -> args.platform(ArchitectureRules.platform(one.label())));
        var pulled = new RemoteImage(scope.name(), args.build(), scope.options().build());
        return new ImageHandle(
                pulled.name(), pulled.imageId(), image.source().givenReference().orElse(""), false);
    }
}
