package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.plan.ImageContract.Role;
import io.sparkcluster.plan.ImageContract.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares what plans take for granted with the sources of the images, and with what the images' page tells those who bring their own. */
class ImageContractTest {

    private static final Path IMAGES = Path.of("images");

    /** Spark reads these by itself, no script of an image does. */
    private static final Set<String> READ_BY_SPARK =
            Set.of(Variable.LOCAL_DIRS, Variable.WORKER_CORES, Variable.WORKER_MEMORY);

    @Test
    void programsAreInTheImageThatRunsThem() {
        assertThat(sources(ImageRole.SPARK_BASE, ImageContract.ENTRY_POINT)).isExecutable();
        assertThat(sources(
                        ImageRole.SPARK_BASE, ImageContract.healthy(Role.MASTER).get(0)))
                .isExecutable();
        assertThat(sources(ImageRole.SPARK_WORKER, ImageContract.DECOMMISSION)).isExecutable();
        assertThat(sources(ImageRole.SPARK_WORKER, ImageContract.driver().get(2)))
                .isExecutable();
        assertThat(sources(ImageRole.JUPYTERLAB, ImageContract.SMOKE_TEST)).isExecutable();
    }

    @Test
    void theImagesStartTheEntryPoint() {
        assertThat(dockerfile(ImageRole.SPARK_BASE))
                .contains("ENTRYPOINT [\"" + ImageContract.driver().get(0) + "\", \"--\", \""
                        + ImageContract.ENTRY_POINT + "\"]");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyRoleHasAScript(Role role) {
        ImageRole image =
                switch (role) {
                    case MASTER -> ImageRole.SPARK_MASTER;
                    case WORKER -> ImageRole.SPARK_WORKER;
                    case HISTORY -> ImageRole.SPARK_HISTORY;
                    case JUPYTERLAB -> ImageRole.JUPYTERLAB;
                };
        assertThat(sources(image, "/opt/sparkcluster/roles/" + role.word() + ".sh"))
                .isRegularFile();
        assertThat(dockerfile(image)).contains("CMD [\"" + role.word() + "\"]");
    }

    @Test
    void theBaseImageMakesTheFolders() {
        var made = Pattern.compile("for folder in ([^;]+);").matcher(dockerfile(ImageRole.BASE));

        assertThat(made.find()).isTrue();
        assertThat(made.group(1).split(" ", -1))
                .containsExactlyInAnyOrder(
                        ImageContract.HOME,
                        ImageContract.WORKSPACE,
                        ImageContract.SCRATCH,
                        ImageContract.RECOVERY,
                        ImageContract.EVENT_LOGS,
                        ImageContract.CONFIGURATION);
    }

    @Test
    void sparkIsToldTheSamePythonAndTheSameFolder() {
        assertThat(dockerfile(ImageRole.SPARK_BASE))
                .contains("PYSPARK_PYTHON=" + ImageContract.PYTHON + " ")
                .contains("SPARK_CONF_DIR=" + ImageContract.CONFIGURATION + "/node ");
    }

    @Test
    void everyVariableIsRead() {
        String scripts = scripts();

        assertThat(variables())
                .filteredOn(name -> !READ_BY_SPARK.contains(name))
                .allSatisfy(name -> assertThat(scripts).containsPattern("\\b" + name + "\\b"));
    }

    @Test
    void thePageTellsAllOfIt() {
        assertThat(read(IMAGES.resolve("README.md")))
                .contains(variables())
                .contains(Stream.of(Role.values())
                        .map(role -> '`' + role.word() + '`')
                        .toList())
                .contains(
                        ImageContract.ENTRY_POINT,
                        ImageContract.DECOMMISSION,
                        ImageContract.SMOKE_TEST,
                        ImageContract.healthy(Role.MASTER).get(0),
                        ImageContract.driver().get(2),
                        ImageContract.WORKSPACE,
                        ImageContract.SCRATCH,
                        ImageContract.RECOVERY,
                        ImageContract.EVENT_LOGS,
                        ImageContract.CONFIGURATION,
                        ImageContract.HOME);
    }

    @ParameterizedTest
    @EnumSource(ImageRole.class)
    void everyBuildArgumentIsDeclared(ImageRole role) {
        var arguments = ClusterPlan.of(
                        ClusterSpec.builder("spark").history(HistorySpec.on()).build(), Naming.flat())
                .image(role)
                .buildArgsOn(role.parent().map(ImageRole::label))
                .keySet();

        assertThat(declared(role)).containsAll(arguments);
    }

    @ParameterizedTest
    @EnumSource(ImageRole.class)
    void theIndexOfPythonPackagesIsDeclaredWhereSomeAreInstalled(ImageRole role) {
        assertThat(declared(role).contains("PIP_INDEX_URL")).isEqualTo(role.installsPython());
    }

    @ParameterizedTest
    @EnumSource(ImageRole.class)
    void theReleaseIsALabelWhereSparkIs(ImageRole role) {
        boolean labelled = Stream.iterate(
                        Optional.of(role), Optional::isPresent, image -> image.flatMap(ImageRole::parent))
                .flatMap(Optional::stream)
                .anyMatch(image -> dockerfile(image).contains("LABEL io.sparkcluster.spark="));

        assertThat(labelled).isEqualTo(role.holdsSpark());
    }

    private static Set<String> declared(ImageRole role) {
        return Pattern.compile("(?m)^ARG (\\w+)")
                .matcher(dockerfile(role))
                .results()
                .map(argument -> argument.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> variables() {
        return Arrays.stream(Variable.class.getDeclaredFields())
                .filter(field -> field.getType() == String.class)
                .map(field -> {
                    try {
                        return String.valueOf(field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What runs in the images, without comments. */
    private static String scripts() {
        return Stream.of(ImageRole.values())
                .flatMap(role -> files(IMAGES.resolve(role.label()).resolve("opt")))
                .flatMap(file -> read(file).lines())
                .filter(line -> !line.strip().startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var files = Files.walk(folder)) {
            return List.copyOf(files.filter(Files::isRegularFile).toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sources(ImageRole role, String path) {
        return IMAGES.resolve(role.label()).resolve(path.substring(1));
    }

    private static String dockerfile(ImageRole role) {
        return read(IMAGES.resolve(role.label()).resolve("Dockerfile"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
