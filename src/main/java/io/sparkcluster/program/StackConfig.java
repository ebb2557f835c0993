package io.sparkcluster.program;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import io.sparkcluster.config.ClusterConfig;
import io.sparkcluster.config.SecretValue;
import io.sparkcluster.model.InvalidClusterException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A stack's configuration, as the engine hands it to a program. */
final class StackConfig {

    /** The full names of secret keys, as a list in JSON. An object that holds a secret is listed by the object's name. */
    static final String SECRET_KEYS = "PULUMI_CONFIG_SECRET_KEYS";

    private static final String CA_CERTIFICATES = "SPARK_CLUSTER_CA_CERTIFICATES";

    /** A command that loads the images in its arguments into the nodes of a Kubernetes cluster, in place of Minikube's. */
    private static final String IMAGE_LOADER = "SPARK_CLUSTER_IMAGE_LOADER";

    /** Numbers stay as they are written. */
    private static final Gson JSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER)
            .create();

    private StackConfig() {}

    /**
     * Reads the configuration.
     *
     * @param project the project's name, which is the namespace of its keys
     * @param stack the stack's name, from which the cluster's name is derived when none is configured or pinned
     * @param pinned the name that the stack's cluster got when it was first created; the stack may have been renamed since
     * @param raw every key of the stack with its value, secrets in clear
     * @param environment the program's environment, in which the engine names the secret keys
     * @throws InvalidClusterException if a key is unknown or a value cannot be read: with all of these, and with every other problem of the description
     */
    static ClusterConfig read(
            String project,
            String stack,
            Optional<String> pinned,
            Map<String, String> raw,
            Map<String, String> environment) {
        var reader = ClusterConfig.reader(pinned.orElse("spark-" + stack))
                .subject("the configuration of stack \"" + stack + '"')
                .wording(new ProgramWording())
                .environment(environment);
        Optional.ofNullable(environment.get(CA_CERTIFICATES)).map(Path::of).ifPresent(reader::caCertificates);
        Optional.ofNullable(environment.get(IMAGE_LOADER)).ifPresent(reader::imageLoader);
        return reader.read(tree(project, raw, secretKeys(environment)));
    }

    private static Set<String> secretKeys(Map<String, String> environment) {
        return JSON.fromJson(environment.getOrDefault(SECRET_KEYS, "[]"), new TypeToken<Set<String>>() {}.getType());
    }

    private static Map<String, Object> tree(String project, Map<String, String> raw, Set<String> secret) {
        String prefix = project + ":";
        var tree = new TreeMap<String, Object>();
        raw.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                tree.put(name.substring(prefix.length()), secret.contains(name) ? SecretValue.HIDDEN : value(value));
            }
        });
        return tree;
    }

    /** Objects arrive as JSON; a text may look like JSON. */
    private static Object value(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        try {
            return JSON.fromJson(text, new TypeToken<Map<String, Object>>() {}.getType());
        } catch (JsonParseException notJson) {
            return text;
        }
    }
}
