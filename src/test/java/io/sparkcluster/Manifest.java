package io.sparkcluster;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A registered Kubernetes object as the manifest that it stands for; secrets are shown as that word. */
record Manifest(String kind, String apiVersion, Map<String, Object> content) {

    private static final String PREFIX = "kubernetes:";

    /** All Kubernetes objects of a run in the order of their kinds and names. */
    static List<Manifest> of(MockedEngine.Run run) {
        return run.registrations().stream()
                .filter(registration -> registration.type().startsWith(PREFIX))
                .map(Manifest::of)
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    /** All objects of a run as the text of a file that can be reviewed. */
    static String text(MockedEngine.Run run) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(160);
        String text = new Yaml(options)
                .dumpAll(of(run).stream().map(Manifest::content).iterator());
        // Tags follow the images' sources, which are reviewed elsewhere.
        return text.replaceAll("(sparkcluster/[a-z-]+:)[0-9a-f]{12}", "$1HASH");
    }

    private static Manifest of(Registration registration) {
        String[] parts = registration.type().substring(PREFIX.length()).split(":", -1);
        String version = parts[0].startsWith("core/") ? parts[0].substring("core/".length()) : parts[0];
        var content = new TreeMap<String, Object>(
                fields(registration.request().getObject().getFieldsMap()));
        content.put("apiVersion", version);
        content.put("kind", parts[1]);
        return new Manifest(parts[1], version, content);
    }

    private String key() {
        return kind + "/" + name();
    }

    String name() {
        return at(content, "metadata", "name").toString();
    }

    /** What lies at that path of an object; fails where there is nothing. */
    static Object at(Object object, String... path) {
        Object found = object;
        for (String key : path) {
            found = requireNonNull(((Map<?, ?>) found).get(key), () -> "no " + key + " in " + List.of(path));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object object, String... path) {
        return (Map<String, Object>) at(object, path);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object object, String... path) {
        return (List<Map<String, Object>>) at(object, path);
    }

    private static Map<String, Object> fields(Map<String, Value> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> value(entry.getValue()), (one, other) -> one, TreeMap::new));
    }

    private static Object value(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                Registration.isSecret(value.getStructValue())
                        ? Map.of("secret", "(secret)")
                        : fields(value.getStructValue().getFieldsMap());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(Manifest::value)
                        .toList();
            case NUMBER_VALUE ->
                value.getNumberValue() == Math.rint(value.getNumberValue())
                        ? (Object) (long) value.getNumberValue()
                        : (Object) value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRING_VALUE -> value.getStringValue();
            default -> "";
        };
    }
}
