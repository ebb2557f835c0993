package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.Versions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundationRulesTest {

    private static final ImagesSpec OWN =
            ImagesSpec.builder().from("registry.example.org/debian:1").build();

    @ParameterizedTest
    @CsvSource({
        "4.2.1, -, -, debian:trixie-slim, 21, 3.13",
        "4.0.5, -, -, debian:trixie-slim, 21, 3.13",
        "3.5.9, -, -, debian:bookworm-slim, 17, 3.11",
        "4.2.1, 17, -, debian:bookworm-slim, 17, 3.11",
        "4.2.1, 25, -, debian:trixie-slim, 25, 3.13",
        "4.2.1, -, 3.11, debian:bookworm-slim, 17, 3.11",
        "4.3.0, 21, 3.13, debian:trixie-slim, 21, 3.13"
    })
    void theLinuxImageFollowsFromTheVersions(
            String spark, String java, String python, String image, int foundJava, String foundPython) {
        var spec = spec(spark, java, python, ImagesSpec.DEFAULT);

        assertThat(ClusterPlan.problems(spec)).isEmpty();
        assertThat(ClusterPlan.of(spec, Naming.flat()).foundation())
                .isEqualTo(new Foundation(image, foundJava, foundPython));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4.2.1|11|-|versions.java: 11 is refused: Spark 4.2.1 runs on Java 17, 21, 25, and images are built with 17, 21, 25. Use 17.",
                "4.1.4|25|-|versions.java: 25 is refused: Spark 4.1.4 runs on Java 17, 21, and images are built with 17, 21. Use 21.",
                "3.5.9|11|-|versions.java: 11 is refused: Spark 3.5.9 runs on Java 8, 11, 17, and images are built with 17. Use 17.",
                "4.2.1|-|3.12|versions.python: \"3.12\" is refused: driver and executors must run the same minor version, and images are built with"
                        + " 3.11, 3.13. Use 3.13.",
                "3.5.9|-|3.13|versions.python: \"3.13\" is refused: driver and executors must run the same minor version, and images are built with"
                        + " 3.11. Use 3.11.",
                "4.2.1|-|latest|versions.python: \"latest\" is refused: driver and executors must run the same minor version, and images are built with"
                        + " 3.11, 3.13. Use 3.13.",
                "4.2.1|21|3.11|versions.python: \"3.11\" is refused: Java 21 comes with debian:trixie-slim, whose Python is 3.13. Use 3.13, or remove"
                        + " versions.java."
            })
    void versionsThatNoLinuxImageHasAreRefusedWithTheNearest(String spark, String java, String python, String problem) {
        assertThat(problems(spec(spark, java, python, ImagesSpec.DEFAULT))).containsExactly(problem);
    }

    @Test
    void aKnownLinuxImageHasItsOwnVersions() {
        var bookworm = ImagesSpec.builder().from("debian:bookworm").build();

        assertThat(ClusterPlan.of(spec("4.2.1", "-", "-", bookworm), Naming.flat())
                        .foundation())
                .isEqualTo(new Foundation("debian:bookworm", 17, "3.11"));
        for (String reference : List.of(
                "mirror.example.org:5000/docker/library/debian:bookworm-slim",
                "debian:bookworm-slim@sha256:" + "0".repeat(64))) {
            var mirrored = ImagesSpec.builder().from(reference).build();
            assertThat(ClusterPlan.of(spec("4.2.1", "-", "-", mirrored), Naming.flat())
                            .foundation())
                    .isEqualTo(new Foundation(reference, 17, "3.11"));
        }
        assertThat(problems(spec("4.2.1", "21", "-", bookworm)))
                .containsExactly(
                        "versions.java: 21 is refused: Spark 4.2.1 runs on Java 17, 21, 25, and debian:bookworm has 17. Use 17.");
        assertThat(problems(spec(
                        "3.5.9",
                        "-",
                        "-",
                        ImagesSpec.builder().from("debian:trixie").build())))
                .containsExactly(
                        "images.from: debian:trixie is refused: Spark 3.5.9 does not run on its Python 3.13 and Java 21, 25. Remove it, or use debian:bookworm-slim.");
    }

    @Test
    void ofALinuxImageOfTheUsersOnlyTheBuildKnowsJava() {
        var spec = spec("4.2.1", "25", "3.11", OWN);

        assertThat(problems(spec)).isEmpty();
        assertThat(ClusterPlan.of(spec, Naming.flat()).foundation())
                .isEqualTo(new Foundation("registry.example.org/debian:1", 25, "3.11"));
        assertThat(problems(spec("4.2.1", "11", "3.12", OWN)))
                .containsExactly(
                        "versions.java: 11 is refused: Spark 4.2.1 runs on Java 17, 21, 25. Use 17.",
                        "versions.python: \"3.12\" is refused: driver and executors must run the same minor version, and images are built with 3.11, 3.13. Use 3.13.");
    }

    @Test
    void imagesOfTheUsersMayHaveAnyPython() {
        var image = ImageSource.registry("registry.example.org/team/node:1");
        var given = ImagesSpec.DEFAULT.withNodeImages(image, image, image);

        assertThat(problems(spec("4.2.1", "25", "3.12", given))).isEmpty();
        assertThat(problems(spec("4.2.1", "-", "newest", given)))
                .containsExactly(
                        "versions.python: \"newest\" is refused: driver and executors must run the same minor version, and a version of Python is written like 3.13. Use 3.13.");
    }

    @Test
    void everyPythonHasItsLocks() {
        for (LinuxImage image : LinuxImage.all()) {
            for (String folder : List.of("spark-base", "jupyterlab")) {
                assertThat(Path.of("images", folder, "requirements-" + image.python() + ".lock"))
                        .satisfies(lock -> assertThat(Files.readString(lock)).contains("--hash=sha256:"));
            }
        }
    }

    @Test
    void everyReleaseRunsOnALinuxImage() {
        assertThat(CompatibilityMatrix.releases())
                .allSatisfy(release -> assertThat(LinuxImage.all()).anyMatch(image -> image.runs(release)));
    }

    private static List<String> problems(ClusterSpec spec) {
        return ClusterPlan.problems(spec).stream().map(Object::toString).toList();
    }

    /** A description; a version {@code -} is not set. */
    private static ClusterSpec spec(String spark, String java, String python, ImagesSpec images) {
        var versions = Versions.builder().spark(spark);
        if (!java.equals("-")) {
            versions.java(Integer.parseInt(java));
        }
        if (!python.equals("-")) {
            versions.python(python);
        }
        return ClusterSpec.builder("spark-dev")
                .versions(versions.build())
                .images(images)
                .build();
    }
}
