package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonObject;
import io.sparkcluster.model.Versions;
import io.sparkcluster.plan.CompatibilityMatrix;
import io.sparkcluster.plan.SparkRelease;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cluster of every Spark release that the matrix has. Which ones run says {@code -Dtests.releases}: {@code all}, {@code oldest}, versions with commas
 * between them, or, by default, {@code cached}: the oldest one where its images are there, since building them takes minutes. The default release is that
 * of all other live tests.
 */
@Tag("live")
@Tag("docker")
class DockerReleasesTest {

    private static final String CHOSEN = System.getProperty("tests.releases", "cached");

    static Stream<SparkRelease> releases() {
        return CompatibilityMatrix.releases().stream();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void comesUpWithItsVersionsAndGoesAway(SparkRelease release, @TempDir Path folder) {
        reasonAgainst(release).ifPresent(reason -> skip(release, reason));
        try (var stack = LiveStack.create("r" + release.version().replace(".", ""), folder)) {
            stack.configure(Map.of("versions.spark", release.version()));
            if (CHOSEN.equals("cached") && !missing(stack).isEmpty()) {
                skip(release, "not built yet: " + missing(stack) + "; make test-releases builds them");
            }

            stack.up();

            JsonObject outputs = stack.outputs();
            assertThat(outputs.getAsJsonObject("versions")).isEqualTo(expected(release));
            // The smoke test compared these versions with those on every node.
            assertThat(outputs.getAsJsonObject("smokeTest").keySet()).contains("result");
            stack.upWithoutChanges();
            stack.destroy();
            assertThat(stack.remains()).containsExactly("volume " + stack.cluster() + "-workspace");
        }
    }

    private static JsonObject expected(SparkRelease release) {
        var versions = new JsonObject();
        versions.addProperty("hadoop", release.hadoop());
        versions.addProperty("java", Integer.toString(Versions.DEFAULT.java()));
        versions.addProperty("python", Versions.DEFAULT.python());
        versions.addProperty("scala", release.scala());
        versions.addProperty("spark", release.version());
        return versions;
    }

    private static Optional<String> reasonAgainst(SparkRelease release) {
        boolean oldest = release.equals(CompatibilityMatrix.releases().get(0));
        boolean wanted =
                switch (CHOSEN) {
                    case "all" -> true;
                    case "oldest", "cached" -> oldest;
                    default -> Arrays.asList(CHOSEN.split(",", -1)).contains(release.version());
                };
        if (wanted) {
            return Optional.empty();
        }
        return Optional.of(
                release.version().equals(Versions.DEFAULT.spark())
                        ? "all other live tests run it"
                        : "tests.releases is " + CHOSEN + "; make test-releases runs all");
    }

    /** Images that this release needs and the engine does not have. */
    private static List<String> missing(LiveStack stack) {
        return stack.images().values().stream()
                .map(image -> image.get("name").getAsString())
                .filter(name -> Shell.docker("image", "inspect", name).code() != 0)
                .toList();
    }

    private static void skip(SparkRelease release, String reason) {
        String said = "Spark " + release.version() + " is skipped: " + reason;
        System.out.println(said);
        abort(said);
    }
}
