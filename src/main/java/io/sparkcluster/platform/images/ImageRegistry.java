package io.sparkcluster.platform.images;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import java.util.Map;

/**
 * A registry to which this machine pushes images, and from which nodes pull them.
 *
 * @param prefix registry and path, for example {@code registry.example.org/team}
 */
public record ImageRegistry(String prefix) {

    /** For {@code bash}: pushes each image in {@code BUILT} under the name at the same position in {@code WANTED}. Both are lists separated by blanks. */
    public static final String PUSH_ALL =
            """
            built=($BUILT) wanted=($WANTED)
            for i in "${!wanted[@]}"; do
            """ + push("${built[i]}", "${wanted[i]}").indent(2) + "done";

    /** For {@code bash}: pushes the image {@code BUILT} under the name {@code WANTED} and prints the digest by which the registry knows it. */
    static final String PUSH_ONE = "set -eu\n" + push("$BUILT", "$WANTED") + " >/dev/null\n"
            + "docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' \"$WANTED\" |"
            + " grep -m 1 -F \"${WANTED%:*}@\"";

    private static String push(String built, String wanted) {
        return "docker tag \"" + built + "\" \"" + wanted + "\"\ndocker push --quiet \"" + wanted + "\"";
    }

    /** The image's name in the registry: its role, and the tag that it was built with. */
    public Output<String> name(ImageRole role, ImageHandle image) {
        return image.reference()
                .applyValue(built -> prefix + "/" + role.label() + built.substring(built.lastIndexOf(':')));
    }

    /**
     * Registers the push of one image.
     *
     * @param images the images among which it was built
     * @return the image, known by its digest in the registry
     */
    public ImageHandle pushed(ResourceScope scope, DeliveredImages images, ImageRole role, ImageHandle image) {
        var command = new Command(
                scope.name(),
                CommandArgs.builder()
                        .create(PUSH_ONE)
                        .interpreter("bash", "-c")
                        .environment(Output.tuple(image.content(), name(role, image))
                                .applyValue(names -> images.environment(Map.of("BUILT", names.t1, "WANTED", names.t2))))
                        .addPreviousOutputInEnv(false)
                        .build(),
                scope.options().build());
        return new ImageHandle(image.reference(), command.stdout(), image.contentHash(), true);
    }
}
