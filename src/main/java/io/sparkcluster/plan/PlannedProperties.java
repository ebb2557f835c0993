package io.sparkcluster.plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Spark properties that the planner gives to a role. Each is either fixed, because nodes would not agree with another value, or a default
 * that users may change.
 */
final class PlannedProperties {

    private final SortedMap<String, String> values = new TreeMap<>();
    private final SortedMap<String, String> fixed = new TreeMap<>();

    /** Sets a property that users may not change. */
    PlannedProperties fixed(String name, String value) {
        return fixed(name, value, "");
    }

    /**
     * Sets a property that users may not change.
     *
     * @param instead what a user who wants another value does, for example {@code set workers.memory}
     */
    PlannedProperties fixed(String name, String value, String instead) {
        values.put(name, value);
        fixed.put(name, instead);
        return this;
    }

    /** Sets a property that users may change. */
    PlannedProperties defaultValue(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** The names of fixed properties, each with what a user does instead of setting it, or with an empty text. */
    SortedMap<String, String> fixed() {
        return Collections.unmodifiableSortedMap(fixed);
    }

    /** Every property as planned. */
    SortedMap<String, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** Every property together with those of the user, which override defaults, but not fixed properties. */
    SortedMap<String, String> with(Map<String, String> users) {
        var all = new TreeMap<>(values);
        users.forEach((name, value) -> {
            if (!fixed.containsKey(name)) {
                all.put(name, value);
            }
        });
        return all;
    }
}
