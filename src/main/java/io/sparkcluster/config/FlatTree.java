package io.sparkcluster.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tree with the path of each leaf as its key: {@code workers.count}.
 *
 * @param values the text of each leaf
 * @param odd leaves that are not single values, each with the text that messages show for it
 * @param lists the leaves that are lists of single values, which are odd too where a key takes none
 * @param empty objects without keys
 * @param secrets leaves that are secret or hold a secret
 */
record FlatTree(
        Map<String, String> values,
        Map<String, String> odd,
        Map<String, List<String>> lists,
        Set<String> empty,
        Set<String> secrets) {

    static FlatTree of(Map<String, ?> tree) {
        var flat = new FlatTree(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        tree.forEach(flat::take);
        return flat;
    }

    private void take(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            if (object.isEmpty()) {
                empty.add(key);
            }
            object.forEach((name, child) -> take(key + "." + name, child));
        } else if (holdsSecret(value)) {
            secrets.add(key);
        } else {
            values.put(key, text(value));
            if (value == null) {
                odd.put(key, "(nothing)");
            } else if (!isSingle(value)) {
                odd.put(key, value instanceof List ? "a list" : text(value));
                if (value instanceof List<?> list && list.stream().allMatch(FlatTree::isSingleOrNothing)) {
                    lists.put(key, list.stream().map(FlatTree::text).toList());
                }
            }
        }
    }

    private static boolean holdsSecret(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(FlatTree::holdsSecret);
        }
        return value instanceof Map<?, ?> object
                ? object.values().stream().anyMatch(FlatTree::holdsSecret)
                : value instanceof SecretValue;
    }

    private static boolean isSingleOrNothing(@Nullable Object value) {
        return value != null && isSingle(value);
    }

    private static boolean isSingle(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    /** A value as JSON, but a single string without quotation marks. Of an unknown object only the class is shown, since its text may reveal anything. */
    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(FlatTree::element).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(entry -> '"' + String.valueOf(entry.getKey()) + "\":" + element(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return value == null || isSingle(value)
                ? String.valueOf(value)
                : value.getClass().getSimpleName();
    }

    private static String element(@Nullable Object value) {
        return value instanceof String text ? '"' + text + '"' : text(value);
    }

    /** JSON has only one type of number, so that 3 may arrive as 3.0. */
    private static String number(Number number) {
        boolean isFloating = number instanceof Double || number instanceof Float;
        return isFloating && Double.isFinite(number.doubleValue())
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : number.toString();
    }
}
