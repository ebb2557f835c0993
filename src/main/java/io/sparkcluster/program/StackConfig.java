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

    /** A list of full names as JSON; for an object that holds a secret somewhere it has the object's name. */
    private static final String SECRET_KEYS = "PULUMI_CONFIG_SECRET_KEYS";

    private static final String CA_CERTIFICATES = "SPARK_CLUSTER_CA_CERTIFICATES";

    /** A command that gets names of images and brings them to the nodes of a Kubernetes cluster that is not Minikube's. */
    private static final String IMAGE_LOADER = "SPARK_CLUSTER_IMAGE_LOADER";

    /** Numbers stay as they are written. */
    private static final Gson JSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER)
            .create();

    private StackConfig() {}

    /**
     * Reads it.
     *
     * @param project the project's name, which is the name space of its keys
     * @param stack the stack's name, of which the cluster's name is made when none is configured or pinned
     * @param pinned the name that the stack's cluster got when it was first made; the stack may have another name since
     * @param raw every key of the stack with its value, secrets in clear
     * @param environment the program's environment, in which the engine names the secret keys
     * @throws InvalidClusterException with every problem
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

    /** An object is handed over as JSON; a text may look like one. */
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
