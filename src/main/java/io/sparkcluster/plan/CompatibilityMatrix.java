package io.sparkcluster.plan;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Versions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which versions of Spark, Java and Python form a cluster.
 *
 * <p>The rules are those of each release's overview page, for example
 * <a href="https://spark.apache.org/docs/4.2.1/">Spark 4.2.1</a>, and of {@code python_requires} in its package. The Java
 * and Python that an image can be built with are those of the Debian release that it is built on.
 */
public final class CompatibilityMatrix {

    /** What Debian 12 offers; newer ones need another base image. */
    private static final int DEBIAN_JAVA = 17;

    private static final String DEBIAN_PYTHON = "3.11";

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

    /** What is wrong with a combination of versions, with the nearest valid versions as remedies. Empty if the combination is valid. */
    public static List<Problem> check(Versions versions) {
        var problems = new ArrayList<Problem>();
        var release = release(versions.spark());
        if (release.isEmpty()) {
            problems.add(new Problem(
                    "versions.spark",
                    '"' + versions.spark() + '"',
                    "known releases are "
                            + RELEASES.stream().map(SparkRelease::version).collect(Collectors.joining(", ")),
                    "Use " + nearest(versions.spark()).version()));
        }
        var java = release.map(SparkRelease::java).orElse(of(DEBIAN_JAVA));
        if (!java.contains(versions.java()) || versions.java() != DEBIAN_JAVA) {
            problems.add(new Problem(
                    "versions.java",
                    Integer.toString(versions.java()),
                    "Spark " + versions.spark() + " runs on Java " + join(java)
                            + ", and the Debian release that images are built on has " + DEBIAN_JAVA,
                    "Use " + DEBIAN_JAVA));
        }
        if (!versions.python().equals(DEBIAN_PYTHON)) {
            problems.add(new Problem(
                    "versions.python",
                    '"' + versions.python() + '"',
                    "driver and executors must run the same minor version, and the Debian release that images are built on has "
                            + DEBIAN_PYTHON,
                    "Use " + DEBIAN_PYTHON));
        }
        return problems;
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

    private static String join(SortedSet<Integer> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static SortedSet<Integer> of(Integer... numbers) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(numbers)));
    }
}
