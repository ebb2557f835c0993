package io.sparkcluster.program;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.ImageScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prints the script that builds the images of a stack's cluster, for {@code make images}. Arguments are the project, the stack and, for Podman, what it puts before
 * the names of images; standard input is what {@code pulumi config --json} prints. Runs without Pulumi's engine, and asks no platform.
 */
public final class ImageBuild {

    private ImageBuild() {}

    /** Prints the script; of an invalid description all problems, on standard error, and ends with 1. */
    public static void main(String[] args) throws IOException {
        try {
            var configuration = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            System.out.print(script(args[0], args[1], args.length > 2 ? args[2] : "", configuration, System.getenv()));
        } catch (InvalidClusterException mistakes) {
            System.err.println(mistakes.getMessage());
            System.exit(1);
        }
    }

    static String script(
            String project, String stack, String prefix, String configuration, Map<String, String> environment) {
        var raw = new TreeMap<String, String>();
        var secret = new TreeSet<String>();
        JsonParser.parseString(configuration).getAsJsonObject().entrySet().forEach(entry -> {
            var value = entry.getValue().getAsJsonObject();
            raw.put(entry.getKey(), value.has("value") ? value.get("value").getAsString() : "");
            if (value.has("secret") && value.get("secret").getAsBoolean()) {
                secret.add(entry.getKey());
            }
        });
        var all = new TreeMap<>(environment);
        all.put(StackConfig.SECRET_KEYS, new Gson().toJson(secret));
        var config = StackConfig.read(project, stack, Optional.empty(), raw, all);
        return ImageScript.of(
                ClusterPlan.of(config.cluster(), config.platform().naming()), prefix, BuildEnvironment.of(environment));
    }
}
