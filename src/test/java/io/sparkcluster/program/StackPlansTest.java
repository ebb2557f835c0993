package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every stack of this repository becomes, as text that is read in reviews. After a change that is meant, write the texts anew with
 * {@code ./mvnw test -Dtest=StackPlansTest -Dplans.write=true} and look at the difference; a stack file that is not in git's index is not looked at.
 */
class StackPlansTest {

    private static final String FOLDER = "stacks";
    private static final Path PLANS = Path.of("src", "test", "resources", "plans");

    /** The files that git knows, with their text in its index: those in the folder are for a user to edit, to add to and to remove. Where there is no git, those. */
    static Stream<Arguments> stacks() throws IOException, InterruptedException {
        var stacks = new TreeMap<String, String>();
        Optional<String> names = StackFile.git("ls-files", FOLDER);
        if (names.isPresent()) {
            for (String name : names.get().split("\\R", -1)) {
                if (!Files.exists(Path.of(name))) {
                    continue;
                }
                // A file may be a link to another one.
                Path file = Path.of("").toRealPath().relativize(Path.of(name).toRealPath());
                stacks.put(name, StackFile.git("show", ":" + file).orElseThrow());
            }
        } else {
            try (var files = Files.list(Path.of(FOLDER))) {
                for (Path file : files.toList()) {
                    stacks.put(file.toString(), Files.readString(file));
                }
            }
        }
        return stacks.entrySet().stream().map(stack -> arguments(stack.getKey(), stack.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stacks")
    void isPlannedAsReviewed(String stackFile, String content) throws IOException {
        String stack = Path.of(stackFile).getFileName().toString().replaceAll("^Pulumi\\.|\\.yaml$", "");
        var config = StackConfig.read("spark-cluster", stack, Optional.empty(), StackFile.values(content), Map.of());
        String text =
                PlanText.of(ClusterPlan.of(config.cluster(), config.platform().naming()));
        Path reviewed = PLANS.resolve(stack + ".txt");
        if (Boolean.getBoolean("plans.write")) {
            Files.writeString(reviewed, text);
        }

        assertThat(reviewed).hasContent(text);
    }
}
