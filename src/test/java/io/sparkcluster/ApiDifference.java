package io.sparkcluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What changed between two texts of {@link PublicApi}, each line with its type.
 *
 * @param gone what programs used and no longer find as it was
 * @param demanded new methods that classes of users must have, since they may implement the type
 * @param added what programs may use now
 */
record ApiDifference(List<String> gone, List<String> demanded, List<String> added) {

    private static final Pattern TYPE = Pattern.compile("io\\.sparkcluster[\\w.]*");
    private static final Pattern OPEN_TO_USERS = Pattern.compile("^(?!.*\\bsealed ).*(?:interface|abstract class) ");
    private static final Pattern ABSTRACT = Pattern.compile("^(?:protected )?abstract ");

    private record Line(String type, String header, String text) {

        boolean isHeader() {
            return text.equals(header);
        }

        boolean isDemand() {
            return OPEN_TO_USERS.matcher(header).find()
                    && ABSTRACT.matcher(text).find()
                    && !isHeader();
        }

        @Override
        public String toString() {
            return isHeader() ? header : type + ": " + text;
        }
    }

    static ApiDifference between(String recorded, String current) {
        var before = types(recorded);
        var after = types(current);
        var fresh = missing(after, before).toList();
        return new ApiDifference(
                missing(before, after).map(Line::toString).toList(),
                fresh.stream().filter(Line::isDemand).map(Line::toString).toList(),
                fresh.stream()
                        .filter(line -> !line.isDemand())
                        .map(Line::toString)
                        .toList());
    }

    /** What the second lacks of the first; of a type that it lacks as a whole, the type's own line only. */
    private static Stream<Line> missing(Map<String, List<String>> first, Map<String, List<String>> second) {
        return first.entrySet().stream().flatMap(type -> {
            var lines = type.getValue();
            var others = second.get(type.getKey());
            return (others == null ? lines.stream().limit(1) : lines.stream().filter(line -> !others.contains(line)))
                    .map(line -> new Line(type.getKey(), lines.get(0), line));
        });
    }

    /** The lines of every type by its name; the first line is that of the type itself. */
    private static Map<String, List<String>> types(String api) {
        var types = new LinkedHashMap<String, List<String>>();
        for (String block : api.split("\\n\\n", -1)) {
            var name = TYPE.matcher(block);
            if (name.find()) {
                types.put(name.group(), block.lines().map(String::strip).toList());
            }
        }
        return types;
    }
}
