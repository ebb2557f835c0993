package io.sparkcluster.plan;

import io.sparkcluster.model.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Spark releases that clusters can run, and the versions of Java on which each runs: the table {@code spark-releases.txt}, which {@code images/lock} renews.
 * The Python follows from the Linux image that images are built on.
 */
public final class CompatibilityMatrix {

    private static final List<SparkRelease> RELEASES = PlanTable.rows("spark-releases.txt").stream()
            .map(row -> new SparkRelease(
                    row.get(0), row.get(1), row.get(2), row.get(4), new TreeSet<>(PlanTable.numbers(row.get(3)))))
            .toList();

    private CompatibilityMatrix() {}

    /** All releases, oldest first. */
    public static List<SparkRelease> releases() {
        return RELEASES;
    }

    /** The release of exactly that version. */
    public static Optional<SparkRelease> release(String version) {
        return RELEASES.stream()
                .filter(release -> release.version().equals(version))
                .findFirst();
    }

    /** Everything that images with a release can be built on, the default first. */
    public static List<Foundation> foundations(SparkRelease release) {
        return LinuxImage.all().stream()
                .filter(image -> image.runs(release))
                .flatMap(image ->
                        image.java(release).stream().map(java -> new Foundation(image.image(), java, image.python())))
                .toList();
    }

    /** What is wrong with a release, with the nearest one as remedy. Empty if clusters can run it. */
    public static List<Problem> check(String version) {
        return release(version).isPresent()
                ? List.of()
                : List.of(new Problem(
                        "versions.spark",
                        '"' + version + '"',
                        "known releases are "
                                + RELEASES.stream().map(SparkRelease::version).collect(Collectors.joining(", ")),
                        "Use " + nearest(version).version()));
    }

    /** The release that a user of an unknown version most likely wants: the newest of the same line, if there is one. */
    static SparkRelease nearest(String version) {
        Comparator<SparkRelease> bySharedPrefix =
                Comparator.comparingInt(release -> sharedParts(release.version(), version));
        return RELEASES.stream()
                .max(bySharedPrefix.thenComparing(RELEASES::indexOf))
                .orElseThrow();
    }

    private static int sharedParts(String left, String right) {
        String[] lefts = left.split("\\.", -1);
        String[] rights = right.split("\\.", -1);
        int shared = 0;
        while (shared < Math.min(lefts.length, rights.length) && lefts[shared].equals(rights[shared])) {
            shared++;
        }
        return shared;
    }
}
