package io.sparkcluster.plan;

import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a {@code spark-defaults.conf}, which Java reads as <a
 * href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)">properties</a>.
 */
public final class SparkDefaults {

    /** First characters of a value that would be read as a part of the separator between name and value. */
    private static final Pattern SEPARATED = Pattern.compile("[ =:]");

    private SparkDefaults() {}

    /** A line for each property, escaped so that Spark reads every value unchanged. */
    public static String text(SortedMap<String, String> properties) {
        return properties.entrySet().stream().map(SparkDefaults::line).collect(Collectors.joining());
    }

    private static String line(Map.Entry<String, String> property) {
        return property.getKey() + " " + escaped(property.getValue()) + "\n";
    }

    private static String escaped(String value) {
        String line = value.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\f", "\\f");
        return SEPARATED.matcher(line).lookingAt() ? "\\" + line : line;
    }
}
