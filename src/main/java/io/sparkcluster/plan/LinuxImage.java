package io.sparkcluster.plan;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Linux image that images can be built on.
 *
 * @param image its reference
 * @param python the minor version of its Python
 * @param java the versions of Java that its packages offer, the default first
 * @param lines the lines of Spark that run on it, for example {@code 4.2}
 */
record LinuxImage(String image, String python, List<Integer> java, List<String> lines) {

    /** Keeps its own copies. */
    LinuxImage {
        java = List.copyOf(java);
        lines = List.copyOf(lines);
    }

    private static final String TABLE = "linux-images.txt";
    private static final List<LinuxImage> ALL = read();

    /** All of them, the preferred one first. */
    static List<LinuxImage> all() {
        return ALL;
    }

    /**
     * The one that a reference means, also in a mirror of the registry and with a digest. With or without {@code -slim}, Debian's images have the same
     * versions.
     */
    static Optional<LinuxImage> named(String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1).replaceFirst("@.*", "");
        return ALL.stream()
                .filter(known -> known.image.equals(name) || known.image.equals(name + "-slim"))
                .findFirst();
    }

    /** Whether a release runs on it. */
    boolean runs(SparkRelease release) {
        return lines.stream().anyMatch(line -> release.version().startsWith(line + "."))
                && java.stream().anyMatch(version -> release.java().contains(version));
    }

    /** Those of its versions of Java on which a release runs, the default first. */
    List<Integer> java(SparkRelease release) {
        return java.stream().filter(version -> release.java().contains(version)).toList();
    }

    private static List<LinuxImage> read() {
        try (var table = new BufferedReader(new InputStreamReader(
                requireNonNull(LinuxImage.class.getResourceAsStream(TABLE), TABLE), StandardCharsets.UTF_8))) {
            return table.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+", -1))
                    .map(words -> new LinuxImage(
                            words[0],
                            words[1],
                            Stream.of(words[2].split(",", -1))
                                    .map(Integer::valueOf)
                                    .toList(),
                            List.of(words[3].split(",", -1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
    }
}
