package io.sparkcluster.program;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * Wrong configurations and environments with the message that each must get, read from {@code errors/corpus.yaml}, whose head describes its lines.
 *
 * @param sections in the order of the file
 */
record ErrorCorpus(List<Section> sections) {

    /** Below those that the system hands out by itself, of which another process may get one at any time. */
    private static final int FIRST_PORT = 21_000;

    private static final Path FILE = Path.of("src", "test", "resources", "errors", "corpus.yaml");

    /**
     * One subject.
     *
     * @param title its heading
     * @param about a sentence or two for the page, or nothing
     */
    record Section(String title, String about, List<Case> cases) {}

    /**
     * One line.
     *
     * @param values the stack's keys with dots, as {@code pulumi config set --path} takes them
     * @param line everything else that the line says
     */
    record Case(Map<String, Object> values, Map<String, Object> line) {

        String see() {
            return text("see").orElse("");
        }

        /** What to do about it; a warning says that itself. */
        Optional<String> remedy() {
            return text("do");
        }

        boolean isWarning() {
            return line.containsKey("warns");
        }

        Optional<String> text(String key) {
            return Optional.ofNullable(line.get(key)).map(String::valueOf);
        }

        List<String> list(String key) {
            return line.get(key) instanceof List<?> words
                    ? words.stream().map(String::valueOf).toList()
                    : List.of();
        }

        Map<String, String> map(String key) {
            var texts = new LinkedHashMap<String, String>();
            if (line.get(key) instanceof Map<?, ?> map) {
                map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
            }
            return texts;
        }

        /** On a machine with clusters the default ports may be taken. */
        Case withFreePorts() {
            var all = new LinkedHashMap<>(values);
            if (all.getOrDefault("platform", "docker").equals("docker")) {
                int first = freePort(FIRST_PORT);
                all.putIfAbsent("master.uiPort", first);
                all.putIfAbsent("edge.port", freePort(first + 1));
            }
            return new Case(all, line);
        }

        private static int freePort(int least) {
            for (int port = least; ; port++) {
                try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                    return socket.getLocalPort();
                } catch (BindException taken) {
                    // The next one.
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** Values as the engine hands them to a program: an object for each first word, as JSON. */
        Map<String, String> configuration(String project) {
            var tree = new TreeMap<String, Object>();
            values.forEach((path, value) -> put(tree, path, value));
            var raw = new TreeMap<String, String>();
            tree.forEach((key, value) -> raw.put(
                    project + ":" + key,
                    value instanceof Map || value instanceof List ? new Gson().toJson(value) : String.valueOf(value)));
            return raw;
        }

        @SuppressWarnings("unchecked")
        private static void put(Map<String, Object> tree, String path, Object value) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                tree.put(path, value);
            } else {
                put(
                        (Map<String, Object>)
                                tree.computeIfAbsent(path.substring(0, dot), key -> new TreeMap<String, Object>()),
                        path.substring(dot + 1),
                        value);
            }
        }

        @Override
        public String toString() {
            return see();
        }
    }

    static ErrorCorpus read() throws IOException {
        List<Map<String, Object>> file = new Yaml().load(Files.readString(FILE));
        var sections = new ArrayList<Section>();
        for (var section : file) {
            var cases = new ArrayList<Case>();
            for (var line : ErrorCorpus.<Map<String, Object>>list(section.get("cases"))) {
                var values = new LinkedHashMap<>(ErrorCorpus.<Object>map(section.get("set")));
                values.putAll(ErrorCorpus.<Object>map(line.get("set")));
                ErrorCorpus.<Object>list(line.get("unset")).forEach(values::remove);
                cases.add(new Case(values, line));
            }
            sections.add(new Section(
                    String.valueOf(section.get("title")),
                    String.valueOf(section.getOrDefault("about", "")).strip(),
                    List.copyOf(cases)));
        }
        return new ErrorCorpus(List.copyOf(sections));
    }

    List<Case> cases() {
        return sections.stream().flatMap(section -> section.cases().stream()).toList();
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, T>) value;
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(@Nullable Object value) {
        return value == null ? List.of() : (List<T>) value;
    }
}
