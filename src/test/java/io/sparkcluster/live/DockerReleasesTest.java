package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.sparkcluster.model.Versions;
import io.sparkcluster.plan.CompatibilityMatrix;
import io.sparkcluster.plan.Foundation;
import io.sparkcluster.plan.SparkRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cluster of every Spark release that the matrix has. Which ones run says {@code -Dtests.releases}: {@code all}, versions with commas between them,
 * {@code foundations} for all releases on everything else that their images can be built on, or, by default, {@code oldest}. The default release is that of
 * all other live tests.
 */
@Tag("live")
@Tag("docker")
@Tag("releases")
class DockerReleasesTest {

    private static final String CHOSEN = System.getProperty("tests.releases", "oldest");

    static List<SparkRelease> releases() {
        var all = CompatibilityMatrix.releases();
        return switch (CHOSEN) {
            case "all" -> all;
            case "foundations" -> List.of();
            case "oldest" -> List.of(all.get(0));
            default ->
                Stream.of(CHOSEN.split(",", -1))
                        .map(wanted -> all.stream()
                                .filter(release -> release.version().equals(wanted))
                                .findFirst()
                                .orElseThrow(() -> new IllegalArgumentException("tests.releases is '" + CHOSEN
                                        + "'; allowed is all, oldest, foundations, or some of " + all)))
                        .toList();
        };
    }

    /** Every release on each foundation but its default one. */
    static Stream<Arguments> foundations() {
        return CHOSEN.equals("foundations")
                ? CompatibilityMatrix.releases().stream()
                        .flatMap(release -> CompatibilityMatrix.foundations(release).stream()
                                .skip(1)
                                .map(foundation -> Arguments.of(release, foundation)))
                : Stream.of();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("releases")
    void comesUpWithItsVersionsAndGoesAway(SparkRelease release, @TempDir Path folder) {
        comesUp(
                release,
                CompatibilityMatrix.foundations(release).get(0),
                Map.of("versions.spark", release.version()),
                folder);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("foundations")
    void comesUpOnEveryFoundation(SparkRelease release, Foundation foundation, @TempDir Path folder) {
        comesUp(
                release,
                foundation,
                Map.of("versions.spark", release.version(), "versions.java", Integer.toString(foundation.java())),
                folder);
    }

    private static void comesUp(
            SparkRelease release, Foundation foundation, Map<String, String> configuration, Path folder) {
        String name = "r" + release.version().replace(".", "") + "j" + foundation.java();
        try (var stack = LiveStack.create(name, folder)) {
            stack.configure(configuration);

            stack.up();

            JsonObject outputs = stack.outputs();
            assertThat(outputs.getAsJsonObject("versions")).isEqualTo(expected(release, foundation));
            // The smoke test compared these versions with those on every node.
            assertThat(outputs.getAsJsonObject("smokeTest").keySet()).contains("result");
            stack.upWithoutChanges();
            stack.destroy();
            assertThat(stack.remains()).containsExactly("volume " + stack.cluster() + "-workspace");
        }
    }

    /** Every release before the default one; the oldest one keeps its master's state in another form. */
    static List<SparkRelease> earlier() {
        var all = CompatibilityMatrix.releases();
        var byDefault = CompatibilityMatrix.release(Versions.DEFAULT.spark()).orElseThrow();
        return releases().stream()
                .filter(release -> all.indexOf(release) < all.indexOf(byDefault))
                .toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("earlier")
    void anUpgradeToTheDefaultReleaseKeepsTheWorkspace(SparkRelease from, @TempDir Path folder) throws IOException {
        try (var stack = LiveStack.create("upgrade", folder)) {
            var edge = new EdgeShell(Map.of(), () -> List.of("docker", "exec", stack.node("edge")));
            stack.configure(Map.of("versions.spark", from.version()));
            stack.up();
            edge.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();

            stack.configure(Map.of("versions.spark", Versions.DEFAULT.spark()));
            stack.up();

            assertThat(stack.outputs().getAsJsonObject("versions").get("spark").getAsString())
                    .isEqualTo(Versions.DEFAULT.spark());
            assertThat(new MasterPage(stack.uiPort()).alive()).isEqualTo(2);
            assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
            edge.submitsPi();
            stack.upWithoutChanges();
        }
    }

    private static JsonObject expected(SparkRelease release, Foundation foundation) {
        var versions = new JsonObject();
        versions.addProperty("hadoop", release.hadoop());
        versions.addProperty("java", Integer.toString(foundation.java()));
        versions.addProperty("python", foundation.python());
        versions.addProperty("scala", release.scala());
        versions.addProperty("spark", release.version());
        return versions;
    }
}
