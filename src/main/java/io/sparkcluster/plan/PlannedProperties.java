package io.sparkcluster.plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Spark properties that the planner gives to a role, each marked as fixed, since nodes would not fit each other with another value, or as a
 * default that users may change.
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
     * @param instead what a user does who wants another value, for example {@code set workers.memory}
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

    /** The names of fixed properties, each with what a user does instead of setting it, or with nothing. */
    SortedMap<String, String> fixed() {
        return Collections.unmodifiableSortedMap(fixed);
    }

    /** Every property as planned. */
    SortedMap<String, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    /** Every property with those of the user, which stand above defaults and below what is fixed. */
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
