package io.sparkcluster.plan;

import static java.util.Objects.requireNonNull;

import io.sparkcluster.model.Spelling;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The properties that a Spark release knows, each with the values that it may have. The lists are made from the releases' own jars by {@code
 * src/main/spark-properties/generate}.
 */
final class SparkPropertyCatalog {

    /** With more changed letters it is another name. */
    private static final int SLIPS = 2;

    private static final Map<String, SparkPropertyCatalog> READ = new ConcurrentHashMap<>();

    private final SortedMap<String, SparkPropertyType> types = new TreeMap<>();
    private final SortedMap<String, String> defaults = new TreeMap<>();

    private SparkPropertyCatalog() {}

    /** The properties of a release. */
    static SparkPropertyCatalog of(SparkRelease release) {
        return READ.computeIfAbsent(release.version(), SparkPropertyCatalog::read);
    }

    private static SparkPropertyCatalog read(String version) {
        String resource = "spark-" + version + ".txt";
        var catalog = new SparkPropertyCatalog();
        try (var text = new BufferedReader(new InputStreamReader(
                requireNonNull(SparkPropertyCatalog.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            text.lines().filter(line -> !line.startsWith("#")).forEach(catalog::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return catalog;
    }

    /** A line has a name, a type, then the words of a {@code word} or the release of a {@code removed} property, and last the default, if there is one. */
    private void add(String line) {
        String[] fields = line.split(" ", -1);
        boolean more = fields[1].equalsIgnoreCase("word") || fields[1].equals("removed");
        types.put(fields[0], SparkPropertyType.parse(fields[1], more ? fields[2] : ""));
        int column = more ? 3 : 2;
        if (fields.length > column) {
            defaults.put(fields[0], fields[column]);
        }
    }

    /** What values a property may have; empty if the release does not know it. */
    Optional<SparkPropertyType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Whether the name of a property starts with a text. */
    boolean knowsStart(String start) {
        return types.tailMap(start).keySet().stream()
                .findFirst()
                .filter(name -> name.startsWith(start))
                .isPresent();
    }

    /** Spark's default of a property, if there is one and the property is not free text. */
    Optional<String> defaultValue(String name) {
        return Optional.ofNullable(defaults.get(name));
    }

    /** Every property that has a type and a default. */
    SortedMap<String, String> defaults() {
        return Collections.unmodifiableSortedMap(defaults);
    }

    /** Every property of the release. */
    SortedMap<String, SparkPropertyType> types() {
        return Collections.unmodifiableSortedMap(types);
    }

    /**
     * The property that was most likely meant by an unknown name.
     *
     * @param more names that may have been meant too
     */
    Optional<String> nearest(String name, Collection<String> more) {
        var candidates = new LinkedHashSet<>(types.keySet());
        candidates.addAll(more);
        return Spelling.nearest(name, candidates, SLIPS);
    }
}
