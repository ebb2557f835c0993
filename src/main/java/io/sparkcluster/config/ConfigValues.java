package io.sparkcluster.config;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Spelling;
import io.sparkcluster.model.Wording;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a tree, read strictly: a key that nobody asks for is a problem, and so is a value that its key does not take. All problems are
 * collected, so that they can be reported together.
 *
 * <p>An object such as {@code workers: {count: 3}} is read as keys with dots, {@code workers.count}.
 */
final class ConfigValues {

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([a-z]+)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", SECONDS, "m", MINUTES, "min", MINUTES, "h", HOURS, "d", DAYS);
    private static final String SPARK_CONF = "sparkConf";

    private final FlatTree tree;
    private final Wording wording;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> groups = new LinkedHashSet<>();
    private final Set<String> parents = new LinkedHashSet<>();
    private final Set<String> lists = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private ConfigValues(FlatTree tree, Wording wording) {
        this.tree = tree;
        this.wording = wording;
    }

    static ConfigValues of(Map<String, ?> tree, Wording wording) {
        return new ConfigValues(FlatTree.of(tree), wording);
    }

    /** Things by their labels in a configuration, in the given order. */
    static <T> Map<String, T> byLabel(Collection<T> things, Function<T, String> label) {
        var labelled = new LinkedHashMap<String, T>();
        things.forEach(thing -> labelled.put(label.apply(thing), thing));
        return labelled;
    }

    Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(tree.values().get(key));
    }

    /** The texts of a list; empty if the key has no list of texts. */
    Optional<List<String>> list(String key) {
        known.add(key);
        var list = Optional.ofNullable(tree.lists().get(key));
        list.ifPresent(taken -> lists.add(key));
        return list;
    }

    /** A text without a default, which must therefore be set. */
    String required(String key, String remedy) {
        return text(key).orElseGet(() -> {
            missing(key, remedy);
            return "";
        });
    }

    /** Refuses a missing key. A secret is not missing: it is refused as a secret. */
    void missing(String key, String remedy) {
        if (!isSecret(key)) {
            refuse(key, "(nothing)", "it has no default", remedy);
        }
    }

    /** A text that must be set because of another key's value. */
    String needed(Optional<String> text, String key, String why, String remedy) {
        String given = text.orElse("");
        if (given.isEmpty() && !isSecret(key)) {
            refuse(key, "(nothing)", why, remedy);
        }
        return given;
    }

    /**
     * The thing that a word stands for.
     *
     * @param choices the things by their words, in the order in which a message lists them
     * @param usual the default word; it also replaces a word that was refused, so that the rest can still be checked
     */
    <T> T choice(String key, Map<String, T> choices, String usual) {
        Optional<String> word = text(key);
        word.filter(given -> !choices.containsKey(given))
                .ifPresent(given ->
                        refuse(key, given, "it must be one of " + String.join(", ", choices.keySet()), "Use " + usual));
        return word.map(choices::get)
                .or(() -> Optional.ofNullable(choices.get(usual)))
                .orElseThrow(() -> new IllegalArgumentException(usual + " is none of " + choices.keySet()));
    }

    int integer(String key, int defaultValue) {
        return optionalInteger(key, defaultValue).orElse(defaultValue);
    }

    /** Nothing where the key is missing or its value, which is a problem then, is no number. */
    Optional<Integer> optionalInteger(String key, int example) {
        return read(key, "it must be a whole number", "Write it in digits, for example " + example, Integer::valueOf);
    }

    double number(String key, double defaultValue) {
        return read(
                        key,
                        "it must be a number",
                        "Write it in digits, for example " + defaultValue,
                        ConfigValues::decimal)
                .orElse(defaultValue);
    }

    boolean bool(String key, boolean defaultValue) {
        return read(key, "it must be true or false", "Write true or false", ConfigValues::bool)
                .orElse(defaultValue);
    }

    Optional<MemorySize> memory(String key) {
        return read(
                key,
                "it must be a whole number of mebibytes or gibibytes",
                "Write it as 512m or 2g",
                MemorySize::parse);
    }

    Port port(String key, Port defaultValue) {
        return read(
                        key,
                        "it must be a port from 1024 to 65535",
                        "Write it in digits, for example " + defaultValue,
                        text -> Port.of(Integer.parseInt(text)))
                .orElse(defaultValue);
    }

    Duration duration(String key, Duration defaultValue) {
        return read(key, "it must be a time with its unit", "Write it as 90s, 2m, 1h or 30d", ConfigValues::duration)
                .orElse(defaultValue);
    }

    /** The values below a key, by the rest of their keys. Users choose these names, so that none of them is unknown. */
    Map<String, String> group(String key) {
        groups.add(key + ".");
        var members = new TreeMap<String, String>();
        tree.values().forEach((name, value) -> {
            if (name.startsWith(key + ".")) {
                members.put(name.substring(key.length() + 1), value);
            }
        });
        return members;
    }

    /** The names that a user chose directly below a key. The caller must also ask for the keys below each name. */
    Set<String> members(String key) {
        parents.add(key);
        var names = new TreeSet<String>();
        Stream.concat(tree.values().keySet().stream(), tree.empty().stream())
                .filter(name -> name.startsWith(key + "."))
                .forEach(name -> names.add(name.substring(key.length() + 1).split("\\.", 2)[0]));
        return names;
    }

    /** Every key that was asked for so far. */
    Set<String> known() {
        var all = new LinkedHashSet<>(known);
        groups.forEach(group -> all.add(group.substring(0, group.length() - 1)));
        return all;
    }

    /** Whether that key, or the object that it belongs to, is a secret. */
    private boolean isSecret(String key) {
        return tree.secrets().stream().anyMatch(secret -> key.equals(secret) || key.startsWith(secret + "."));
    }

    /** Every value that could not be read, every secret, and every key that nobody asked for. Call this method after all keys were asked for. */
    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        tree.secrets().forEach(key -> all.add(secret(key)));
        tree.values().keySet().stream().filter(key -> !isKnown(key)).forEach(key -> all.add(unknown(key)));
        tree.odd().forEach((key, what) -> {
            if (isKnown(key)
                    && !lists.contains(key)
                    && problems.stream().noneMatch(problem -> problem.field().equals(key))) {
                all.add(new Problem(
                        key,
                        what,
                        "it must be a text, a number, or true or false",
                        "Write one of these, or remove it"));
            }
        });
        tree.empty().stream()
                .filter(key -> !hasKeys(key))
                .forEach(key -> all.add(
                        isKnown(key)
                                ? new Problem(key, "an object", "it has no keys", "Write its value, or remove it")
                                : unknown(key)));
        return List.copyOf(all);
    }

    private boolean isKnown(String key) {
        return known.contains(key) || groups.stream().anyMatch(key::startsWith);
    }

    /** Whether keys below a key were asked for, or any key there would be taken. */
    private boolean hasKeys(String key) {
        String prefix = key + ".";
        return parents.contains(key)
                || Stream.concat(known.stream(), groups.stream()).anyMatch(asked -> asked.startsWith(prefix))
                || groups.stream().anyMatch(prefix::startsWith);
    }

    private Problem unknown(String key) {
        return new Problem(
                key,
                "the key",
                "there is no such key",
                Spelling.nearest(key, known)
                        .or(() -> nearestInGroup(key))
                        .map(near -> "Did you mean " + near + "? Otherwise " + wording.removeIt(key))
                        .orElseGet(() -> removal(key)));
    }

    /** The remedy for a key that should not be there, as a sentence without its full stop. */
    String removal(String key) {
        String clause = wording.removeIt(key);
        return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
    }

    private Problem secret(String key) {
        boolean properties = key.equals(SPARK_CONF) || key.startsWith(SPARK_CONF + ".");
        return new Problem(
                key,
                "[secret]",
                properties
                        ? "it is stored as a secret, or holds one, but Spark properties are written in clear into the configuration of"
                                + " every container and into the stack's state"
                        : "it is stored as a secret, or holds one, but this program writes it in clear into the descriptions of"
                                + " containers and into the stack's state",
                properties
                        ? "Remove the secret property, and give it to the application when it starts: in the notebook by"
                                + " SparkSession.builder.config, from a file on the workspace that only you may read"
                        : "If it is none, " + wording.reveal(key));
    }

    /** Users choose the keys of a group, but not its name, which may be misspelt. */
    private Optional<String> nearestInGroup(String key) {
        for (String group : groups) {
            int words = group.split("\\.", -1).length - 1;
            String[] parts = key.split("\\.", words + 1);
            if (parts.length > words) {
                String name = group.substring(0, group.length() - 1);
                String given = String.join(".", List.of(parts).subList(0, words));
                if (Spelling.nearest(given, List.of(name)).isPresent()) {
                    return Optional.of(group + parts[words]);
                }
            }
        }
        return Optional.empty();
    }

    /** Reads a whole number from the text of a key in a group. */
    int parseInteger(String key, String text, int defaultValue) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException unreadable) {
            refuse(
                    key,
                    '"' + text + '"',
                    "it must be a whole number",
                    "Write it in digits, for example " + defaultValue);
            return defaultValue;
        }
    }

    /** Reads true or false from the text of a key in a group; false if there is no text. */
    boolean parseBool(String key, @Nullable String text) {
        if (text != null && !List.of("true", "false").contains(text)) {
            refuse(key, '"' + text + '"', "it must be true or false", "Write true or false");
        }
        return "true".equals(text);
    }

    private <T> Optional<T> read(String key, String rule, String remedy, Function<String, T> parse) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException unreadable) {
                refuse(key, '"' + text + '"', rule, remedy);
                return Optional.empty();
            }
        });
    }

    void refuse(String key, String value, String rule, String remedy) {
        problems.add(new Problem(key, value, rule, remedy));
    }

    /** {@link Double#parseDouble} would also take NaN, 0x1p3 and 2f. */
    private static Double decimal(String text) {
        return new BigDecimal(text).doubleValue();
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration duration(String text) {
        var matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return Optional.ofNullable(UNITS.get(matcher.group(2)))
                .map(unit -> Duration.of(Long.parseLong(matcher.group(1)), unit))
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
