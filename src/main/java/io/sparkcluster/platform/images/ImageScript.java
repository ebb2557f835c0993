package io.sparkcluster.platform.images;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.ShellWord;
import java.util.EnumMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a script for {@code bash} that builds a plan's images by the {@code docker} command line, without a stack. Each image gets the tag with the hash, by which
 * an update finds it, and a tag that people can read. The script calls two functions that its reader defines: {@code building NAME} before each image, and {@code
 * built NAME REFERENCE READABLE KEY RUNS} after it, with the key of the configuration that names such an image, and {@code yes} or {@code no} for whether nodes
 * run it.
 */
public final class ImageScript {

    /** What an image is built on: its name, and the hash of what it is built from. */
    private record Parent(String reference, String hash) {}

    private ImageScript() {}

    /**
     * The script. The files of each image are written below the working directory, from which the script must run.
     *
     * @param prefix what the engine puts before the names of images without a registry, for example {@code localhost/}
     * @param environment how builds reach the network
     */
    public static String of(ClusterPlan plan, String prefix, BuildEnvironment environment) {
        var script = new StringBuilder("set -euo pipefail\n");
        var parents = new EnumMap<ImageRole, Parent>(ImageRole.class);
        plan.images()
                .forEach((role, image) -> parents.put(
                        role,
                        image.source()
                                .givenReference()
                                .map(reference -> new Parent(reference, reference))
                                .orElseGet(() -> build(
                                        plan,
                                        prefix,
                                        image,
                                        role.parent().flatMap(parent -> Optional.ofNullable(parents.get(parent))),
                                        environment,
                                        script))));
        return script.toString();
    }

    /** The tag that people can read: the release of Spark, if the image has it, and the versions of Java and Python. */
    public static String readableTag(ClusterPlan plan, ImageRole role) {
        var foundation = plan.foundation();
        return (role.holdsSpark() ? "spark" + plan.release().version() + "-" : "") + "java" + foundation.java()
                + "-python" + foundation.python();
    }

    private static Parent build(
            ClusterPlan plan,
            String prefix,
            ImageSpec image,
            Optional<Parent> parent,
            BuildEnvironment environment,
            StringBuilder script) {
        var context = BuildContext.of(image, parent.map(Parent::hash));
        var arguments = new TreeMap<String, String>(environment.arguments(image.role()));
        arguments.putAll(image.buildArgsOn(parent.map(Parent::reference)));
        String reference = prefix + context.reference();
        String readable = prefix + image.repository() + ":" + readableTag(plan, image.role());
        script.append("building ")
                .append(ShellWord.readable(image.role().label()))
                .append("\n(\n");
        // Values are passed in the environment, since other users of the machine can list a process's arguments.
        arguments.forEach((name, value) -> script.append("  export ")
                .append(name)
                .append('=')
                .append(ShellWord.of(value))
                .append('\n'));
        script.append("  docker build ")
                .append(ArchitectureRules.option(image))
                .append("--tag ")
                .append(reference)
                .append(" --tag ")
                .append(readable)
                .append(" --label ")
                .append(Labels.IMAGE)
                .append('=')
                .append(image.role().label());
        arguments.keySet().forEach(name -> script.append(" --build-arg ").append(name));
        script.append(' ')
                .append(ShellWord.readable(context.write().toString()))
                .append("\n) || exit\nbuilt ")
                .append(String.join(
                        " ",
                        image.role().label(),
                        reference,
                        readable,
                        image.role().field()))
                .append(image.runs() ? " yes\n" : " no\n");
        return new Parent(reference, context.hash());
    }
}
