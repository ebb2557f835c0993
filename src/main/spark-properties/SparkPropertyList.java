import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Writes the properties that a Spark release knows: {@code java -cp "$SPARK_HOME/jars/*" SparkPropertyList.java VERSION SPARK_HOME FILE}.
 *
 * <p>Spark registers every declared property when the class that declares it is loaded. So all such classes are loaded, and every declared property
 * is asked what it makes of sample values, which tells its type in every release alike. Names that the code only mentions are
 * found among the constants of its classes; nothing is known of their type.
 */
public class SparkPropertyList {

    private static final String BUILDER = "org/apache/spark/internal/config/ConfigBuilder";
    private static final Pattern NAME = Pattern.compile("spark\\.[A-Za-z0-9][\\w.-]*[\\w-]");
    private static final Pattern PYTHON_NAME = Pattern.compile("[\"'](spark\\.(?:python|pyspark)\\.[\\w.]*\\w)[\"']");
    private static final Pattern TYPED_DEFAULT = Pattern.compile("[\\w.+-]+");
    private static final String NONSENSE = "~no such value~";

    /** How Spark's releases list the words that a property may have. */
    private static final List<Pattern> OPTIONS = List.of(
            Pattern.compile("should be one of '([^']+)'"),
            Pattern.compile("should be one of ([\\w\\-, ]+), but was"),
            Pattern.compile("Valid values are ([\\w\\-, ]+)$"),
            Pattern.compile("Valid values are ([\\w\\-, ]+) SQLSTATE"));

    public static void main(String[] arguments) throws Exception {
        var mentioned = new TreeSet<String>();
        var declaring = new TreeSet<String>();
        try (var jars = Files.newDirectoryStream(Path.of(arguments[1], "jars"), "spark-*.jar")) {
            for (Path jar : jars) {
                scan(jar, mentioned, declaring);
            }
        }
        try (var sources = Files.walk(Path.of(arguments[1], "python", "pyspark"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".py")).toList()) {
                PYTHON_NAME.matcher(Files.readString(source)).results().forEach(name -> mentioned.add(name.group(1)));
            }
        }
        for (String holder : declaring) {
            Class.forName(holder);
        }
        var lines = new TreeMap<String, String>();
        for (Object entry : declared().values()) {
            var type = new Probe(entry).type();
            var names = new TreeSet<String>(javaList(call(entry, "alternatives")));
            names.add((String) call(entry, "key"));
            names.forEach(name -> lines.put(name, type));
        }
        int declaredNames = lines.size();
        removed().forEach((name, version) -> lines.put(name, "removed " + version));
        // A name of which others are continuations is a prefix that the code puts names together with.
        mentioned.stream()
                .filter(name -> !name.startsWith("spark.test."))
                .filter(name -> lines.keySet().stream().noneMatch(other -> other.startsWith(name + "."))
                        && mentioned.stream().noneMatch(other -> other.startsWith(name + ".")))
                .forEach(name -> lines.putIfAbsent(name, "text"));
        var text = new StringBuilder("# Properties that Spark " + arguments[0] + " knows, written by src/main/spark-properties/generate.\n"
                + "# NAME TYPE [DEFAULT]; a number's least and greatest value stand behind its type.\n");
        lines.forEach((name, type) -> text.append(name).append(' ').append(type).append('\n'));
        Files.writeString(Path.of(arguments[2]), text);
        System.out.println("Spark " + arguments[0] + ": " + lines.size() + " properties, " + declaredNames + " of them declared");
    }

    /** Finds out by trial what a declared property accepts. */
    private static final class Probe {
        private final Object entry;
        private final Object converter;

        Probe(Object entry) throws Exception {
            this.entry = entry;
            this.converter = call(entry, "valueConverter");
        }

        String type() throws Exception {
            if (accepts(NONSENSE)) {
                return "text";
            }
            if (accepts("true") && accepts("false") && !accepts("1")) {
                return "boolean" + defaultValue();
            }
            var options = options();
            if (!options.isEmpty()) {
                return (accepts(swapCase(options.get(0))) ? "word " : "Word ") + String.join("|", options) + defaultValue();
            }
            // Values from small to large, since some properties have a least and some have a greatest value.
            for (String[] unit : new String[][] {{"s", "ms", "us"}, {"m", "k", "b", "g"}}) {
                boolean time = unit[0].equals("s");
                if (Arrays.stream(unit).anyMatch(one -> numbers().anyMatch(n -> result(n + one).filter(Number.class::isInstance).isPresent()))) {
                    return (time ? "time" : kibibytes() ? "Size" : "size") + "." + (time ? timeUnit() : sizeUnit()) + range(numbers().filter(this::accepts).toList()) + defaultValue();
                }
            }
            var whole = numbers().filter(this::accepts).toList();
            if (whole.isEmpty()) {
                return accepts("0.5") ? "double" + range(List.of("0.5")) + defaultValue() : "text";
            }
            Object value = result(whole.get(0)).orElseThrow();
            String type = value instanceof Integer ? "int" : value instanceof Long ? "long" : value instanceof Double ? "double" : "text";
            return type.equals("text") ? type : type + range(whole) + defaultValue();
        }

        private static java.util.stream.Stream<String> numbers() {
            return java.util.stream.Stream.of("0", "1", "2", "10", "100", "1024", "65536", "1000000");
        }

        /** The bounds that can be told by trial: a least value of 0 or 1, and for shares of something a greatest value of 1. */
        private String range(List<String> accepted) {
            boolean fraction = accepts("0.5");
            var range = new StringBuilder();
            if (!accepts("-1") && accepted.contains("0")) {
                range.append(">=0");
            } else if (!accepts("-1") && fraction) {
                range.append(">0");
            } else if (!accepts("-1") && accepted.contains("1")) {
                range.append(">=1");
            }
            if (fraction && !accepts("1.01")) {
                range.append("<=1");
            }
            return range.toString();
        }

        /** The unit of a bare number: a property turns every time into so many of it. */
        private String timeUnit() {
            return unit(new String[][] {{"1d", "86400000", "ms"}, {"1d", "86400", "s"}, {"1s", "1000000000", "ns"}, {"1s", "1000000", "us"}, {"1s", "1000", "ms"},
                {"2s", "2", "s"}, {"10s", "10000", "ms"}, {"10s", "10", "s"}, {"1d", "1440", "min"}, {"1d", "24", "h"}, {"1d", "1", "d"}});
        }

        private String sizeUnit() {
            return unit(new String[][] {{"1k", "1024", "b"}, {"1m", "1048576", "b"}, {"1g", "1073741824", "b"}, {"1m", "1024", "k"}, {"1g", "1048576", "k"},
                {"1g", "1024", "m"}, {"1m", "1", "m"}, {"128m", "128", "m"}, {"10k", "10", "k"}, {"64k", "65536", "b"}});
        }

        /** Newer releases know 1kib beside 1k. */
        private boolean kibibytes() {
            return java.util.stream.Stream.of("1kib", "1mib", "1gib", "64mib").anyMatch(this::accepts);
        }

        private String unit(String[][] conversions) {
            return Arrays.stream(conversions)
                    .filter(known -> result(known[0]).map(String::valueOf).equals(Optional.of(known[1])))
                    .map(known -> known[2])
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("unit of " + entry));
        }

        private List<String> options() {
            try {
                apply(converter, NONSENSE);
                return List.of();
            } catch (RuntimeException refused) {
                String message = String.valueOf(refused.getMessage());
                return OPTIONS.stream()
                        .map(pattern -> pattern.matcher(message))
                        .filter(java.util.regex.Matcher::find)
                        .map(match -> Arrays.stream(match.group(1).split(",")).map(String::strip).sorted().toList())
                        // A list of lists is no list of words.
                        .filter(words -> words.stream().allMatch(this::accepts) && words.stream().distinct().count() == words.size())
                        .findFirst()
                        .orElse(List.of());
            }
        }

        private static String swapCase(String word) {
            return word.equals(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase();
        }

        private String defaultValue() throws Exception {
            String value = String.valueOf(call(entry, "defaultValueString"));
            return TYPED_DEFAULT.matcher(value).matches() ? " " + value : "";
        }

        private boolean accepts(String value) {
            return result(value).isPresent();
        }

        private Optional<Object> result(String value) {
            try {
                Object result = apply(converter, value);
                if (result.getClass().getName().equals("scala.Some")) {
                    result = call(result, "value");
                }
                return Optional.of(result);
            } catch (Exception refused) {
                return Optional.empty();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> declared() throws Exception {
        return (Map<String, Object>) call(module("org.apache.spark.internal.config.ConfigEntry$"), "knownConfigs");
    }

    /** SQL properties that are refused unless they have the value that is built in now, with the release that took them away. */
    private static Map<String, String> removed() throws Exception {
        var all = new TreeMap<String, String>();
        Object values = call(call(module("org.apache.spark.sql.internal.SQLConf$"), "removedSQLConfigs"), "values");
        for (Object property : javaList(call(values, "toList"))) {
            all.put((String) call(property, "key"), (String) call(property, "version"));
        }
        return all;
    }

    private static Object module(String name) throws Exception {
        return Class.forName(name).getField("MODULE$").get(null);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> javaList(Object scalaList) throws Exception {
        var all = new java.util.ArrayList<T>();
        for (Object rest = scalaList; !(Boolean) call(rest, "isEmpty"); rest = call(rest, "tail")) {
            all.add((T) call(rest, "head"));
        }
        return all;
    }

    private static Object call(Object target, String method) throws Exception {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Method candidate : type.getDeclaredMethods()) {
                if (candidate.getName().equals(method) && candidate.getParameterCount() == 0 && !candidate.isBridge()) {
                    candidate.setAccessible(true);
                    return candidate.invoke(target);
                }
            }
        }
        return target.getClass().getMethod(method).invoke(target);
    }

    private static Object apply(Object function, String value) {
        try {
            return Class.forName("scala.Function1").getMethod("apply", Object.class).invoke(function, value);
        } catch (java.lang.reflect.InvocationTargetException refused) {
            throw new IllegalArgumentException(refused.getCause().getMessage(), refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void scan(Path jar, Set<String> mentioned, Set<String> declaring) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                var texts = texts(zip.readAllBytes());
                texts.stream().filter(text -> NAME.matcher(text).matches()).forEach(mentioned::add);
                // Scala's objects, whose properties are declared when they are loaded, end like that.
                if (entry.getName().endsWith("$.class") && texts.contains(BUILDER)) {
                    declaring.add(entry.getName().replace('/', '.').replaceFirst("\\.class$", ""));
                }
            }
        }
    }

    /** Every text of a class file, see chapter 4.4 of the Java Virtual Machine Specification. */
    private static Set<String> texts(byte[] classFile) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(8);
        int constants = in.readUnsignedShort();
        var texts = new TreeSet<String>();
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.add(in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // takes two places
                }
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("unknown constant " + tag);
            }
        }
        return texts;
    }
}
