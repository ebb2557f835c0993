package io.sparkcluster;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pulumirpc.Resource.RegisterResourceRequest;

/** What a program asked the engine to register, as it went over the wire: with options and with what is secret. */
record Registration(RegisterResourceRequest request) {

    /** The key under which the engine's protocol marks a value as special, and the mark of a secret. */
    private static final String MARK = "4dabf18193072939515e22adb298388d";

    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";

    String type() {
        return request.getType();
    }

    String name() {
        return request.getName();
    }

    String parentName() {
        String parent = request.getParent();
        return parent.substring(parent.lastIndexOf("::") + 2);
    }

    /** The type chain and name, by which the engine tells resources apart. */
    String urn() {
        return request.getParent() + "/" + type() + "::" + name();
    }

    List<String> dependencyNames() {
        return request.getDependenciesList().stream()
                .map(urn -> urn.substring(urn.lastIndexOf("::") + 2))
                .toList();
    }

    /** Every text among the inputs by its path; secrets are marked and not looked into. */
    Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        collect("", Value.newBuilder().setStructValue(request.getObject()).build(), texts, new ArrayList<>());
        return texts;
    }

    /** Paths of all inputs that are marked as secret. */
    List<String> secretPaths() {
        var secrets = new ArrayList<String>();
        collect("", Value.newBuilder().setStructValue(request.getObject()).build(), new TreeMap<>(), secrets);
        return secrets;
    }

    Optional<Value> input(String name) {
        return Optional.ofNullable(request.getObject().getFieldsMap().get(name));
    }

    static boolean isSecret(Struct struct) {
        Value mark = struct.getFieldsMap().get(MARK);
        return mark != null && mark.getStringValue().equals(SECRET);
    }

    private static void collect(String path, Value value, Map<String, String> texts, List<String> secrets) {
        switch (value.getKindCase()) {
            case STRUCT_VALUE -> {
                Struct struct = value.getStructValue();
                if (isSecret(struct)) {
                    secrets.add(path);
                } else {
                    struct.getFieldsMap().forEach((key, child) -> collect(path + "/" + key, child, texts, secrets));
                }
            }
            case LIST_VALUE -> {
                ListValue list = value.getListValue();
                for (int i = 0; i < list.getValuesCount(); i++) {
                    collect(path + "/" + i, list.getValues(i), texts, secrets);
                }
            }
            case STRING_VALUE -> texts.put(path, value.getStringValue());
            default -> {
                // Numbers and flags hold no text.
            }
        }
    }
}
