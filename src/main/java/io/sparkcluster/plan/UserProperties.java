package io.sparkcluster.plan;

import io.sparkcluster.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The Spark properties of a user among those that are planned, and what is found wrong with them. */
final class UserProperties {

    private final SparkPropertyCatalog catalog;
    private final PlannedProperties planned;
    private final Map<String, String> users;
    private final SortedMap<String, String> effective;
    private final List<Problem> problems = new ArrayList<>();

    UserProperties(Map<String, String> users, SparkPropertyCatalog catalog, PlannedProperties planned) {
        this.catalog = catalog;
        this.planned = planned;
        this.users = users;
        this.effective = planned.with(users);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Whether the user gave it. */
    boolean has(String name) {
        return users.containsKey(name);
    }

    /** Whether the plan gives it, and the user may not. */
    boolean isFixed(String name) {
        return planned.fixed().containsKey(name);
    }

    /** What the user gave. */
    Optional<String> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** Whether a property is on, by the user or by the plan. */
    boolean isTrue(String name) {
        return "true".equalsIgnoreCase(effective.getOrDefault(name, "").strip());
    }

    /** A whole number that the user gave; one that is none is refused elsewhere. */
    Optional<Integer> whole(String name) {
        return user(name).flatMap(UserProperties::parse);
    }

    /** A whole number of the user or of the plan. */
    int number(String name, int defaultValue) {
        return Optional.ofNullable(effective.get(name))
                .flatMap(UserProperties::parse)
                .orElse(defaultValue);
    }

    private static Optional<Integer> parse(String text) {
        try {
            return Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** A size that the user gave. */
    Optional<Long> mebibytes(String name) {
        return user(name).flatMap(value -> quantity(name, value, 1L << 20));
    }

    /** A time of the user, of the plan, or of Spark. */
    Optional<Long> milliseconds(String name) {
        return Optional.ofNullable(effective.get(name))
                .or(() -> catalog.defaultValue(name))
                .flatMap(value -> quantity(name, value, 1_000_000L));
    }

    /** The value in so many of the smallest unit. */
    private Optional<Long> quantity(String name, String value, long one) {
        return catalog.type(name).flatMap(type -> type.read(value, one));
    }

    void refuse(String name, String rule, String remedy) {
        problems.add(
                new Problem("sparkConf", SparkConfValidator.shown(name, users.getOrDefault(name, "")), rule, remedy));
    }
}
