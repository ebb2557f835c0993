package io.sparkcluster.program;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a stack, read strictly. Pulumi's own typed objects pass over keys that they do not know and turn missing numbers
 * into 0; here every key must be asked for by somebody and every value must be what it should be, and all problems are
 * kept, so that they can be reported together.
 *
 * <p>An object such as {@code workers: {count: 3}} is read as keys with dots, {@code workers.count}, the way {@code pulumi config set
 * --path} writes them.
 */
final class ConfigValues {

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(s|m|min|h|d)");

    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> groups = new LinkedHashSet<>();
    private final Set<String> secrets = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private ConfigValues() {}

    static ConfigValues of(String project, Map<String, String> raw) {
        var config = new ConfigValues();
        String prefix = project + ":";
        raw.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                config.take(key.substring(prefix.length()), value);
            }
        });
        return config;
    }

    private void take(String key, String value) {
        if (SecretKeys.isHidden(value)) {
            secrets.add(key);
        } else {
            flatten(key, value);
        }
    }

    private void flatten(String key, String value) {
        JsonElement parsed = value.startsWith("{") ? json(value) : null;
        if (parsed instanceof JsonObject object) {
            object.entrySet().forEach(entry -> flatten(key, entry));
        } else {
            values.put(key, value);
        }
    }

    private void flatten(String key, Map.Entry<String, JsonElement> entry) {
        String path = key + "." + entry.getKey();
        if (entry.getValue() instanceof JsonObject object) {
            object.entrySet().forEach(child -> flatten(path, child));
        } else if (entry.getValue().isJsonPrimitive()) {
            values.put(path, entry.getValue().getAsString());
        } else {
            values.put(path, entry.getValue().toString());
        }
    }

    private static @Nullable JsonElement json(String value) {
        try {
            return JsonParser.parseString(value);
        } catch (JsonParseException notJson) {
            return null;
        }
    }

    Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** A text that has no default. */
    String required(String key, String remedy) {
        return text(key).orElseGet(() -> {
            if (isSecret(key)) {
                return "";
            }
            refuse(key, "(nothing)", "it has no default", remedy);
            return "";
        });
    }

    String oneOf(String key, List<String> allowed, String defaultValue) {
        String value = text(key).orElse(defaultValue);
        if (!allowed.contains(value)) {
            refuse(key, value, "it must be one of " + String.join(", ", allowed), "Use " + defaultValue);
        }
        return value;
    }

    int integer(String key, int defaultValue) {
        return read(
                        key,
                        "it must be a whole number",
                        "Write it in digits, for example " + defaultValue,
                        Integer::valueOf)
                .orElse(defaultValue);
    }

    double number(String key, double defaultValue) {
        return read(key, "it must be a number", "Write it in digits, for example " + defaultValue, Double::valueOf)
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

    /** Every key below that one, without it; such a group has no keys of its own that could be unknown. */
    Map<String, String> group(String key) {
        groups.add(key + ".");
        var members = new TreeMap<String, String>();
        values.forEach((name, value) -> {
            if (name.startsWith(key + ".")) {
                members.put(name.substring(key.length() + 1), value);
            }
        });
        return members;
    }

    /** The words that follow a key in longer ones: names that a user chose. Whoever asks for them asks for the keys below each of them too. */
    Set<String> members(String key) {
        var names = new TreeSet<String>();
        for (String name : values.keySet()) {
            if (name.startsWith(key + ".")) {
                names.add(name.substring(key.length() + 1).split("\\.", 2)[0]);
            }
        }
        return names;
    }

    /** Every key that somebody asked for so far. */
    Set<String> known() {
        var all = new LinkedHashSet<>(known);
        groups.forEach(group -> all.add(group.substring(0, group.length() - 1)));
        return all;
    }

    /** Whether that key, or the object that it belongs to, is stored as a secret. The engine says that only of whole objects. */
    private boolean isSecret(String key) {
        return secrets.stream().anyMatch(secret -> key.equals(secret) || key.startsWith(secret + "."));
    }

    /** What could not be read, what is secret, and every key that nobody asked for. Call it after all keys were asked for. */
    List<Problem> problems() {
        var all = new ArrayList<>(problems);
        secrets.forEach(key -> all.add(SecretKeys.refused(key)));
        values.forEach((key, value) -> {
            if (!known.contains(key) && groups.stream().noneMatch(key::startsWith)) {
                all.add(new Problem(
                        key,
                        "the key",
                        "there is no such key",
                        Spelling.nearest(key, known)
                                .or(() -> nearestInGroup(key))
                                .map(near -> "Did you mean " + near + "? Otherwise remove it: pulumi config rm --path "
                                        + key)
                                .orElse("Remove it: pulumi config rm --path " + key)));
            }
        });
        return List.copyOf(all);
    }

    /** Keys of a group are anybody's choice; the name of the group is not. */
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

    /** A whole number that somebody found below a group of keys. */
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

    /** The same for true or false; false where there is nothing. */
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

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration duration(String text) {
        var matcher = SECONDS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
