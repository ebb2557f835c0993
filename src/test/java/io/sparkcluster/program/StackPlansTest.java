package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What every stack of this repository becomes, as text that is read in reviews. After a change that is meant, write the texts anew with
 * {@code ./mvnw test -Dtest=StackPlansTest -Dplans.write=true} and look at the difference.
 */
class StackPlansTest {

    private static final Path PLANS = Path.of("src", "test", "resources", "plans");

    static Stream<Path> stacks() throws IOException {
        try (var files = Files.list(Path.of("stacks"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void isPlannedAsReviewed(Path stackFile) throws IOException {
        String stack = stackFile.getFileName().toString().replaceAll("^Pulumi\\.|\\.yaml$", "");
        var config = StackConfig.read(
                "spark-cluster", stack, Optional.empty(), configuration(stackFile), Optional.empty(), Optional.empty());
        String text = PlanText.of(ClusterPlan.of(
                config.cluster(), Main.target(config, Map.of()).platform().naming()));
        Path reviewed = PLANS.resolve(stack + ".txt");
        if (Boolean.getBoolean("plans.write")) {
            Files.writeString(reviewed, text);
        }

        assertThat(reviewed).hasContent(text);
    }

    /** Values as the engine hands them to a program: objects as JSON, scalars as text. */
    private static Map<String, String> configuration(Path stackFile) throws IOException {
        var values = new TreeMap<String, String>();
        Map<String, Map<String, Object>> file = new Yaml().load(Files.readString(stackFile));
        file.getOrDefault("config", Map.of())
                .forEach((key, value) ->
                        values.put(key, value instanceof Map ? new Gson().toJson(value) : String.valueOf(value)));
        return values;
    }
}
