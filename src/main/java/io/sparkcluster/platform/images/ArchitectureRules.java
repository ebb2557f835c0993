package io.sparkcluster.platform.images;

import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ImageSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which machines can run which images. An image of another architecture ends at once with {@code exec format error}. */
public final class ArchitectureRules {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{1,19}");

    /** What kernels and packages call the architectures that engines and Kubernetes call otherwise. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("x86_64", "amd64", "aarch64", "arm64", "armhf", "arm", "armel", "arm", "i386", "386", "i686", "386");

    private ArchitectureRules() {}

    /**
     * The name that engines and Kubernetes use for an architecture: that of Go.
     *
     * @param reported the name that a kernel, a package manager or an engine uses; empty if this is no such name
     */
    public static Optional<String> name(String reported) {
        String name = reported.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(name.startsWith("armv") ? "arm" : OTHER_NAMES.getOrDefault(name, name));
    }

    /** A platform as builders of images name it. */
    static String platform(String architecture) {
        return "linux/" + architecture;
    }

    /** The option with which {@code docker build} builds an image for its architecture, with a blank behind it. */
    static String option(ImageSpec image) {
        return image.architecture()
                .map(architecture -> "--platform " + platform(architecture.label()) + " ")
                .orElse("");
    }

    /** A problem if images cannot be built for a machine. */
    static Optional<Problem> unsupported(String field, String value, String architecture) {
        if (Arrays.stream(Architecture.values()).anyMatch(known -> known.label().equals(architecture))) {
            return Optional.empty();
        }
        return Optional.of(
                architecture.equals("arm")
                        ? new Problem(
                                field,
                                value,
                                "it is 32-bit ARM, and PyArrow, which Spark's Python needs, has no wheels for that",
                                "Use a 64-bit system: a Raspberry Pi 3, 4 or 5 can run one, an Odroid XU4 cannot")
                        : new Problem(
                                field,
                                value,
                                "its architecture is " + architecture + ", and images can be built for " + supported(),
                                "Use a machine of one of these"));
    }

    static String supported() {
        return Arrays.stream(Architecture.values()).map(Architecture::label).collect(Collectors.joining(" and "));
    }

    /**
     * Problems if machines cannot run the images that are built for them.
     *
     * @param field the field of the configuration that names a machine
     * @param machines architectures by the machines' names
     * @param images the architecture of the images
     * @param wording how to say what the reader can do
     */
    public static List<Problem> problems(
            UnaryOperator<String> field, Map<String, String> machines, String images, Wording wording) {
        var problems = new ArrayList<Problem>();
        machines.forEach((machine, architecture) ->
                unsupported(field.apply(machine), machine, architecture).ifPresent(problems::add));
        var others = machines.entrySet().stream()
                .filter(machine -> !machine.getValue().equals(images))
                .toList();
        if (!problems.isEmpty() || others.isEmpty()) {
            return problems;
        }
        String names = others.stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
        String other = others.get(0).getValue();
        boolean all = others.size() == machines.size();
        return List.of(
                all
                        ? new Problem(
                                "images.architecture",
                                images + ", that of the engine that builds them",
                                names + (others.size() == 1 ? " is " : " are ") + other,
                                "Have images built for " + other + ", by emulation: "
                                        + wording.set("images.architecture", other)
                                        + "; or build on an engine that runs on " + other)
                        : new Problem(
                                field.apply(others.get(0).getKey()),
                                names,
                                (others.size() == 1 ? "its architecture is " : "their architecture is ") + other
                                        + ", and the images are built for " + images,
                                "Name images that are there for both, by images.sparkWorker and its like, or leave out the "
                                        + (others.size() == 1 ? "machine" : "machines")));
    }
}
