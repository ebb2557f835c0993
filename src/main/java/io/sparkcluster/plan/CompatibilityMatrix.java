package io.sparkcluster.plan;

import io.sparkcluster.model.Problem;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Spark releases that clusters can run, and the versions of Java on which each runs, by its overview page, for example that of
 * <a href="https://spark.apache.org/docs/4.2.1/">Spark 4.2.1</a>. The Python follows from the Linux image that images are built on.
 */
public final class CompatibilityMatrix {

    private static final List<SparkRelease> RELEASES = List.of(
            new SparkRelease(
                    "3.5.9",
                    "2.12",
                    "3.3.4",
                    "ea27adc39ddac9413b8951e45aa748cbed6c785971b81386efc41938f6243d93",
                    of(8, 11, 17)),
            new SparkRelease(
                    "4.0.5",
                    "2.13",
                    "3.4.1",
                    "a0d44b0e7faf0458ad83b7aa664e7ed8b96beed8a55d66ce3b0dfac2309dfca6",
                    of(17, 21)),
            new SparkRelease(
                    "4.1.4",
                    "2.13",
                    "3.4.2",
                    "bcbd5e18690cf79d438e97210ad06fb8d451a251bb77becc2b0418868d2acd73",
                    of(17, 21)),
            new SparkRelease(
                    "4.2.1",
                    "2.13",
                    "3.5.0",
                    "d79b7c8ee41e66a9202fe6f600ca90b931ca571ae9dbdf31c58d2672e5102da0",
                    of(17, 21, 25)),
            new SparkRelease(
                    "4.3.0",
                    "2.13",
                    "3.5.0",
                    "e8c517948eff7088a7aa07449aa8eafa4a15a8d50319de2525a6fd26622476c6",
                    of(17, 21, 25)));

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

    private static SortedSet<Integer> of(Integer... numbers) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(numbers)));
    }
}
