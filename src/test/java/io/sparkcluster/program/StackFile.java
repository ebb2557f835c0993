package io.sparkcluster.program;

import com.google.gson.Gson;
import com.pulumi.Context;
import io.sparkcluster.SparkCluster;
import io.sparkcluster.SparkClusterArgs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** A stack file as the engine hands it to the program, for tests outside of its package. */
public final class StackFile {

    private StackFile() {}

    /** The text in git's index: the file itself is for a user to edit. Where there is no git, the file's. */
    public static String committed(Path file) throws IOException, InterruptedException {
        Optional<String> text = git("show", ":" + file);
        return text.isPresent() ? text.get() : Files.readString(file);
    }

    /** What git says, where there is git and it knows the answer. */
    static Optional<String> git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process git;
        try {
            git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
    }

    /** Objects as JSON, scalars as text. */
    public static Map<String, String> values(String text) {
        var values = new TreeMap<String, String>();
        Map<String, Map<String, Object>> file = new Yaml().load(text);
        file.getOrDefault("config", Map.of())
                .forEach((key, value) ->
                        values.put(key, value instanceof Map ? new Gson().toJson(value) : String.valueOf(value)));
        return values;
    }

    /** Registers what the program registers for these values, without its look at machines and engines. */
    public static SparkCluster register(Context context, Map<String, String> values) {
        var config = StackConfig.read(context.projectName(), context.stackName(), Optional.empty(), values, Map.of());
        return new SparkCluster("spark", new SparkClusterArgs(config.platform(), config.cluster()));
    }
}
