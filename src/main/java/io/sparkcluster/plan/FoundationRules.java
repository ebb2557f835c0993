package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Versions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which Linux image, Java and Python belong to a cluster. Java and Python of built images are those of the Linux image, and the Python libraries are locked for
 * the Pythons of the known ones. Of a Linux image or images of the user's, only the build or the smoke test knows the versions.
 */
final class FoundationRules {

    private static final Pattern PYTHON = Pattern.compile("3\\.\\d{1,3}");

    private final ClusterSpec spec;
    private final SparkRelease release;
    private final Versions versions;

    /** The known image that the user chose, if it is one. */
    private final Optional<LinuxImage> known;

    /** The known images that the cluster may be built on. */
    private final List<LinuxImage> offered;

    FoundationRules(ClusterSpec spec, SparkRelease release) {
        this.spec = spec;
        this.release = release;
        this.versions = spec.versions();
        this.known = spec.images().from().flatMap(LinuxImage::named);
        this.offered = known.map(List::of).orElseGet(() -> LinuxImage.all().stream()
                .filter(image -> image.runs(release))
                .toList());
    }

    /** What the images are built on; of a description with problems, what is close to it. */
    Foundation foundation() {
        var image = best();
        return new Foundation(
                spec.images()
                        .from()
                        .orElseGet(() -> image.reference(spec.images().architecture())),
                versions.java().orElseGet(() -> Stream.concat(image.java(release).stream(), release.java().stream())
                        .findFirst()
                        .orElseThrow()),
                versions.python().orElse(image.python()));
    }

    /** The first image that has the versions that are asked for, else the first that has one of them. */
    private LinuxImage best() {
        Predicate<LinuxImage> java =
                image -> versions.java().map(image.java(release)::contains).orElse(true);
        Predicate<LinuxImage> python =
                image -> versions.python().map(image.python()::equals).orElse(true);
        return Stream.of(java.and(python), java, python, (Predicate<LinuxImage>) image -> true)
                .flatMap(rule -> offered.stream().filter(rule))
                .findFirst()
                .orElseThrow();
    }

    /** What is wrong with the versions of Java and Python, and with the Linux image. */
    List<Problem> check() {
        if (known.isPresent() && !known.get().runs(release)) {
            return List.of(new Problem(
                    "images.from",
                    spec.images().from().orElseThrow(),
                    "Spark " + release.version() + " does not run on its Python "
                            + known.get().python() + " and Java "
                            + join(known.get().java()),
                    "Remove it, or use "
                            + LinuxImage.all().stream()
                                    .filter(image -> image.runs(release))
                                    .map(LinuxImage::image)
                                    .collect(Collectors.joining(" or "))));
        }
        var problems = new ArrayList<Problem>();
        java().ifPresent(problems::add);
        python().ifPresent(problems::add);
        if (problems.isEmpty() && !isOwn()) {
            together().ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Problem> java() {
        List<Integer> allowed = isOwn()
                ? List.copyOf(release.java())
                : offered.stream()
                        .flatMap(image -> image.java(release).stream())
                        .sorted()
                        .toList();
        return versions.java()
                .filter(asked -> !allowed.contains(asked))
                .map(asked -> new Problem(
                        "versions.java",
                        Integer.toString(asked),
                        "Spark " + release.version() + " runs on Java " + join(List.copyOf(release.java()))
                                + (isOwn() ? "" : ", and " + images() + " " + join(allowed)),
                        "Use " + nearest(allowed, asked)));
    }

    private Optional<Problem> python() {
        var locked = offered.stream()
                .map(LinuxImage::python)
                .sorted((one, other) ->
                        VersionOrder.isOlder(one, other) ? -1 : VersionOrder.isOlder(other, one) ? 1 : 0)
                .toList();
        return versions.python()
                .filter(asked -> installsLibraries()
                        ? !locked.contains(asked)
                        : !PYTHON.matcher(asked).matches())
                .map(asked -> new Problem(
                        "versions.python",
                        '"' + asked + '"',
                        "driver and executors must run the same minor version, and "
                                + (installsLibraries()
                                        ? images() + " " + String.join(", ", locked)
                                        : "a version of Python is written like 3.13"),
                        "Use "
                                + (PYTHON.matcher(asked).matches() && installsLibraries()
                                        ? nearest(locked, asked)
                                        : best().python())));
    }

    private Optional<Problem> together() {
        boolean exists = offered.stream()
                .anyMatch(image ->
                        versions.java().map(image.java(release)::contains).orElse(true)
                                && versions.python().map(image.python()::equals).orElse(true));
        if (exists) {
            return Optional.empty();
        }
        var image = offered.stream()
                .filter(one -> one.java(release).contains(versions.java().orElseThrow()))
                .findFirst()
                .orElseThrow();
        return Optional.of(new Problem(
                "versions.python",
                '"' + versions.python().orElseThrow() + '"',
                "Java " + versions.java().orElseThrow() + " comes with " + image.image() + ", whose Python is "
                        + image.python(),
                "Use " + image.python() + ", or remove versions.java"));
    }

    /** Whether the versions are those of an image of the user's, which nobody knows here. */
    private boolean isOwn() {
        return (spec.images().from().isPresent() && known.isEmpty()) || !ImagePlanner.builds(spec, ImageRole.BASE);
    }

    private boolean installsLibraries() {
        return ImagePlanner.builds(spec, ImageRole.SPARK_BASE) || ImagePlanner.builds(spec, ImageRole.JUPYTERLAB);
    }

    private String images() {
        return known.isPresent() ? spec.images().from().orElseThrow() + " has" : "images are built with";
    }

    private static int nearest(List<Integer> allowed, int asked) {
        return allowed.stream()
                .min(Comparator.comparingInt(one -> Math.abs(one - asked)))
                .orElseThrow();
    }

    /** The next newer version, if there is one, else the newest. */
    private static String nearest(List<String> allowed, String asked) {
        return allowed.stream()
                .filter(one -> !VersionOrder.isOlder(one, asked))
                .findFirst()
                .orElseGet(() -> allowed.get(allowed.size() - 1));
    }

    private static String join(List<Integer> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
