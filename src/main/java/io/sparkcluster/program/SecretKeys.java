package io.sparkcluster.program;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.sparkcluster.model.Problem;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys that {@code pulumi config set --secret} stored. Everything that this program reads ends in clear in the descriptions of containers and in the stack's
 * state: a secret among them would be one no longer, so it is refused.
 */
final class SecretKeys {

    /** A list of full names as JSON; for an object that holds a secret somewhere it has the object's name. */
    private static final String VARIABLE = "PULUMI_CONFIG_SECRET_KEYS";

    /** In the place of a secret value. No configuration holds this character. */
    private static final String HIDDEN = "\0";

    private static final String SPARK_CONF = "sparkConf";

    private SecretKeys() {}

    /**
     * The same configuration without the values that are secret, so that no message can hold one.
     *
     * @param configuration every key with its value, secrets in clear, as the engine hands them to a program
     * @param environment the program's environment, in which the engine names the secret ones
     */
    static Map<String, String> hidden(Map<String, String> configuration, Map<String, String> environment) {
        Set<String> secret = new Gson()
                .fromJson(environment.getOrDefault(VARIABLE, "[]"), new TypeToken<Set<String>>() {}.getType());
        var hidden = new TreeMap<>(configuration);
        hidden.replaceAll((key, value) -> secret.contains(key) ? HIDDEN : value);
        return hidden;
    }

    static boolean isHidden(String value) {
        return value.equals(HIDDEN);
    }

    static Problem refused(String key) {
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
                        : "If it is none, set it again without --secret: pulumi config rm --path " + key
                                + ", then pulumi config set --path " + key);
    }
}
