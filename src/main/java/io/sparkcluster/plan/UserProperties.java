package io.sparkcluster.plan;

import io.sparkcluster.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The Spark properties of a user together with the planned ones, and the problems that were found in them. */
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

    /** Whether the user set a property. */
    boolean has(String name) {
        return users.containsKey(name);
    }

    /** Whether only the plan may set a property. */
    boolean isFixed(String name) {
        return planned.fixed().containsKey(name);
    }

    /** The user's value of a property. */
    Optional<String> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** Whether a property is true, by the user or by the plan. */
    boolean isTrue(String name) {
        return "true".equalsIgnoreCase(effective.getOrDefault(name, "").strip());
    }

    /** The user's value as a whole number; another value is refused elsewhere. */
    Optional<Integer> whole(String name) {
        return user(name).flatMap(UserProperties::parse);
    }

    /** The value of the user or of the plan as a whole number. */
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

    /** The user's value as a size in MiB. */
    Optional<Long> mebibytes(String name) {
        return user(name).flatMap(value -> quantity(name, value, 1L << 20));
    }

    /** A time in milliseconds: the value of the user, of the plan, or Spark's default. */
    Optional<Long> milliseconds(String name) {
        return Optional.ofNullable(effective.get(name))
                .or(() -> catalog.defaultValue(name))
                .flatMap(value -> quantity(name, value, 1_000_000L));
    }

    /** The value in units of {@code one}, see {@link SparkPropertyType#read}. */
    private Optional<Long> quantity(String name, String value, long one) {
        return catalog.type(name).flatMap(type -> type.read(value, one));
    }

    void refuse(String name, String rule, String remedy) {
        problems.add(
                new Problem("sparkConf", SparkConfValidator.shown(name, users.getOrDefault(name, "")), rule, remedy));
    }
}
