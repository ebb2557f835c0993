package io.sparkcluster.plan;

import io.sparkcluster.model.Spelling;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What values a Spark property may have, as Spark itself reads them. */
sealed interface SparkPropertyType {

    /** Whether Spark takes a value. */
    boolean accepts(String value);

    /** Whether a value may be a secret: only free text may. */
    boolean mayBeSecret();

    /**
     * The size or time that a value stands for. Empty if the type is neither, or if Spark does not take the value.
     *
     * @param one the unit of the result, in bytes or nanoseconds, for example 1024 for kibibytes; the result is rounded down
     */
    default Optional<Long> read(String value, long one) {
        return Optional.empty();
    }

    /** What is allowed, to follow "it must be". */
    String rule();

    /** What to do about a wrong value. */
    String remedy(String value);

    /**
     * Reads a type in the notation of the property lists: a word, for a quantity a dot and its unit, then the least and the greatest value, such as {@code
     * size.m>=1}. {@code more} has the words or the release of types that need them.
     *
     * @throws IllegalArgumentException if there is no such type
     */
    static SparkPropertyType parse(String type, String more) {
        var notation = NOTATION.matcher(type);
        if (!notation.matches()) {
            throw new IllegalArgumentException("no type of a Spark property: " + type);
        }
        String unit = Optional.ofNullable(notation.group(2)).orElse("");
        var bounds = new Bounds(
                Optional.ofNullable(notation.group(4)).map(Double::valueOf),
                ">".equals(notation.group(3)),
                Optional.ofNullable(notation.group(5)).map(Double::valueOf));
        return switch (notation.group(1)) {
            case "text" -> new Text();
            case "boolean" -> new Flag();
            case "int", "long", "double" -> new Numeric(notation.group(1), bounds);
            case "size" -> new Quantity("size", "512m or 2g", SIZES, unit, bounds);
            case "Size" -> new Quantity("size", "512m or 2g", NEWER_SIZES, unit, bounds);
            case "time" -> new Quantity("time", "90s, 10min or 1h", TIMES, unit, bounds);
            case "word" -> new Word(List.of(more.split("\\|")), true);
            case "Word" -> new Word(List.of(more.split("\\|")), false);
            case "removed" -> new Removed(more);
            default -> throw new IllegalArgumentException("no type of a Spark property: " + type);
        };
    }

    /** Any text at all, or one whose rules only Spark knows. */
    record Text() implements SparkPropertyType {
        @Override
        public boolean accepts(String value) {
            return true;
        }

        @Override
        public boolean mayBeSecret() {
            return true;
        }

        @Override
        public String rule() {
            return "any text";
        }

        @Override
        public String remedy(String value) {
            return "Correct it";
        }
    }

    /** True or false. */
    record Flag() implements SparkPropertyType {
        @Override
        public boolean accepts(String value) {
            return value.strip().equalsIgnoreCase("true") || value.strip().equalsIgnoreCase("false");
        }

        @Override
        public boolean mayBeSecret() {
            return false;
        }

        @Override
        public String rule() {
            return "true or false";
        }

        @Override
        public String remedy(String value) {
            return "Write true or false";
        }
    }

    /**
     * One of a few words.
     *
     * @param ignoringCase whether upper and lower case are the same
     */
    record Word(List<String> words, boolean ignoringCase) implements SparkPropertyType {

        /** Keeps its own copy. */
        public Word {
            words = List.copyOf(words);
        }

        @Override
        public boolean accepts(String value) {
            return words.stream().anyMatch(word -> ignoringCase ? word.equalsIgnoreCase(value) : word.equals(value));
        }

        @Override
        public boolean mayBeSecret() {
            return false;
        }

        @Override
        public String rule() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public String remedy(String value) {
            return Spelling.nearest(value, words)
                    .map(near -> "Did you mean " + near + "? Otherwise choose another of them")
                    .orElse("Choose one of them");
        }
    }

    /** A number; {@code kind} is that of Java. */
    record Numeric(String kind, Bounds bounds) implements SparkPropertyType {
        @Override
        public boolean accepts(String value) {
            return read(value.strip()).filter(bounds::hold).isPresent();
        }

        private Optional<Double> read(String value) {
            try {
                return Optional.of(
                        switch (kind) {
                            case "int" -> (double) Integer.parseInt(value);
                            case "long" -> (double) Long.parseLong(value);
                            default -> Double.parseDouble(value);
                        });
            } catch (NumberFormatException unreadable) {
                return Optional.empty();
            }
        }

        @Override
        public boolean mayBeSecret() {
            return false;
        }

        @Override
        public String rule() {
            return (kind.equals("double") ? "a number" : "a whole number") + bounds.rule("");
        }

        @Override
        public String remedy(String value) {
            return "Write it in digits" + (kind.equals("double") ? ", with a point for a fraction" : "");
        }
    }

    /**
     * A whole number with a unit, or without one for the unit of the property.
     *
     * @param what {@code size} or {@code time}
     * @param units the units, each in bytes or nanoseconds
     * @param unit the unit of the property, which is that of the bounds too
     */
    record Quantity(String what, String example, Map<String, Long> units, String unit, Bounds bounds)
            implements SparkPropertyType {

        /** Keeps its own copy. */
        public Quantity {
            units = Map.copyOf(units);
        }

        @Override
        public boolean accepts(String value) {
            return read(value, ownUnit()).isPresent();
        }

        @Override
        public boolean mayBeSecret() {
            return false;
        }

        @Override
        public Optional<Long> read(String value, long one) {
            var parts = QUANTITY.matcher(value.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                return Optional.empty();
            }
            var named =
                    parts.group(2).isEmpty() ? Optional.of(ownUnit()) : Optional.ofNullable(units.get(parts.group(2)));
            return named.map(each -> new BigInteger(parts.group(1)).multiply(BigInteger.valueOf(each)))
                    .filter(amount -> whole(amount, ownUnit())
                            .filter(number -> bounds.hold(number.doubleValue()))
                            .isPresent())
                    .flatMap(amount -> whole(amount, one));
        }

        private static Optional<Long> whole(BigInteger amount, long one) {
            var number = amount.divide(BigInteger.valueOf(one));
            return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
        }

        private long ownUnit() {
            return Optional.ofNullable(units.get(unit)).orElse(1L);
        }

        @Override
        public String rule() {
            return "a " + what + ", a whole number" + bounds.rule(unit);
        }

        @Override
        public String remedy(String value) {
            return "Write it as " + example;
        }
    }

    /**
     * A property that Spark refuses.
     *
     * @param version the release that removed the property
     */
    record Removed(String version) implements SparkPropertyType {
        @Override
        public boolean accepts(String value) {
            return false;
        }

        @Override
        public boolean mayBeSecret() {
            return false;
        }

        @Override
        public String rule() {
            return "left out: Spark " + version + " took this property away";
        }

        @Override
        public String remedy(String value) {
            return "Remove it";
        }
    }

    /** The least and the greatest value of a number; {@code more} excludes the least value itself. */
    record Bounds(Optional<Double> least, boolean more, Optional<Double> most) {
        boolean hold(double value) {
            return least.map(bound -> more ? value > bound : value >= bound).orElse(true)
                    && most.map(bound -> value <= bound).orElse(true);
        }

        String rule(String unit) {
            return least.map(bound -> (more ? ", more than " : ", at least ") + text(bound) + unit)
                            .orElse("")
                    + most.map(bound -> ", at most " + text(bound) + unit).orElse("");
        }

        private static String text(double bound) {
            return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        }
    }

    /** A type, a unit, a least and a greatest value. */
    Pattern NOTATION = Pattern.compile("([A-Za-z]+)(?:\\.([a-z]+))?(?:(>=?)(\\d+))?(?:<=(\\d+))?");

    /** A number and a unit. */
    Pattern QUANTITY = Pattern.compile("(-?\\d+)([a-z]*)");

    /** The units of sizes that Spark's {@code JavaUtils} reads, in bytes. */
    Map<String, Long> SIZES = sizes(List.of("", "b"));

    /** The same in newer releases, which know {@code 1kib} too. */
    Map<String, Long> NEWER_SIZES = sizes(List.of("", "b", "ib"));

    private static Map<String, Long> sizes(List<String> endings) {
        var units = new TreeMap<String, Long>();
        units.put("b", 1L);
        String prefixes = "kmgtp";
        for (int power = 1; power <= prefixes.length(); power++) {
            for (String ending : endings) {
                units.put(prefixes.charAt(power - 1) + ending, 1L << (10 * power));
            }
        }
        return Collections.unmodifiableMap(units);
    }

    /** The units of times that {@code JavaUtils} reads, in nanoseconds. It has no name for nanoseconds themselves. */
    Map<String, Long> TIMES = Map.of(
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "min", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);
}
