package io.sparkcluster.plan;

import io.sparkcluster.model.Architecture;
import java.util.List;
import java.util.Optional;

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

    private static final List<LinuxImage> ALL = PlanTable.rows("linux-images.txt").stream()
            .map(row ->
                    new LinuxImage(row.get(0), row.get(1), PlanTable.numbers(row.get(2)), PlanTable.texts(row.get(3))))
            .toList();

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

    /**
     * Its reference for an architecture. Without one, the registry gives an engine the image that the engine can run; the image for another architecture has a name of
     * its own, so that both can be in one engine.
     */
    String reference(Optional<Architecture> architecture) {
        return architecture.map(one -> one.registryPath() + "/" + image).orElse(image);
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
}
