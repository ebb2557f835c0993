package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sparkcluster.model.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's way, in a fresh clone under a path with a blank: {@code make up} that is cut off in between, {@code make up}, {@code make
 * down}, {@code make purge}.
 */
@Tag("live")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerWalkTest {

    private static final Duration UP = Duration.ofMinutes(25);
    private static final String MINE = "label=io.sparkcluster.stack=spark-cluster/dev";
    private static final String IMAGES = "label=io.sparkcluster.image";

    @TempDir
    private static Path folder;

    private Path clone;

    @BeforeAll
    void cloneRepository() {
        clone = folder.resolve("a fresh clone");
        Shell.run(Duration.ofMinutes(2), Path.of("."), Map.of(), "git", "clone", "--quiet", ".", clone.toString())
                .orFail();
    }

    @AfterAll
    void leaveNothing() {
        Shell.run(UP, clone, own(), "make", "down");
        remove(list("ps", "--all", "--quiet", "--filter", MINE), "rm", "--force");
        remove(list("volume", "ls", "--quiet", "--filter", MINE), "volume", "rm");
        remove(list("network", "ls", "--quiet", "--filter", MINE), "network", "rm");
    }

    @Test
    @Order(1)
    void upIsCutOffWhileTheMasterStarts() throws IOException {
        cutOff("TERM", "master");
    }

    @Test
    @Order(2)
    void upIsCutOffByTwoInterruptsWhileWorkersStart() throws IOException {
        cutOff("INT", "worker");
    }

    @Test
    @Order(3)
    void upIsKilledWhileTheEdgeNodeStarts() throws IOException {
        cutOff("KILL", "edge");
    }

    @Test
    @Order(4)
    void theNextUpCompletesAndSaysWhereEverythingIs() {
        String said = make("up").orFail().text();
        // As a script would take it: nothing else is on standard output.
        String token = Shell.run(UP, clone, own(), "bash", "-c", "printf %s \"$(make -s token 2>/dev/null)\"")
                .orFail()
                .text();

        assertThat(token).matches("[\\w-]{40,}");
        assertThat(said)
                .contains("http://127.0.0.1:8888/lab", "http://127.0.0.1:8080", "spark://spark-dev-master:7077")
                .doesNotContain(token);
    }

    @Test
    @Order(5)
    void previewSeesNothingToDo() {
        assertThat(make("preview").orFail().text()).contains("unchanged").doesNotContain("to create", "to replace");
    }

    @Test
    @Order(6)
    void submitsAJobAndShowsLogs() {
        assertThat(make("submit", "FILE=examples/jobs/pi.py", "ARGS=2").orFail().text())
                .contains("Pi is roughly 3.1");
        assertThat(make("logs", "NODE=master").orFail().text()).contains("spark-dev-master", "Registered app");
    }

    @Test
    @Order(7)
    void opensAShellOnTheEdgeNode() throws IOException {
        var script = Shell.run(Duration.ofSeconds(20), folder, Map.of(), "sh", "-c", "script --version");
        if (!script.text().contains("util-linux")) {
            String reason =
                    "make shell is not tested: it needs a terminal, which the program script of util-linux gives";
            System.out.println(reason);
            abort(reason);
        }
        Path log = folder.resolve("shell.log");

        var shell = Shell.startOpen(
                clone, own(), log, "script", "--quiet", "--flush", "--return", "--command", "make shell", "/dev/null");
        Shell.await("a prompt", Duration.ofMinutes(2), () -> {
            assertThat(shell.isAlive()).as(read(log)).isTrue();
            return read(log).contains("spark-dev-edge:/workspace$ ");
        });
        try (var keyboard = shell.outputWriter()) {
            keyboard.write("echo Spark is in $SPARK_HOME; pyspark --version; exit\n");
        }
        Shell.await("the shell ends", Duration.ofMinutes(2), () -> !shell.isAlive());

        assertThat(read(log))
                .contains("Spark is in /opt/spark")
                .containsPattern("version " + Pattern.quote(Versions.DEFAULT.spark()));
        assertThat(shell.exitValue()).as(read(log)).isZero();
    }

    @Test
    @Order(8)
    void aMissingFileIsNamed() {
        assertThat(make("submit").text()).contains("FILE is empty");
        assertThat(make("submit", "FILE=none.py").text()).contains("FILE=none.py cannot be read");
    }

    @Test
    @Order(9)
    void pulumiWorksInTheShellThatEnvGives() {
        assertThat(Shell.run(
                                Duration.ofMinutes(2),
                                clone,
                                own(),
                                "bash",
                                "-c",
                                "eval \"$(make -s env)\" && pulumi stack output masterUrl --stack dev")
                        .orFail()
                        .text())
                .contains("spark://spark-dev-master:7077");
    }

    @Test
    @Order(10)
    void downKeepsTheWorkspaceAndPurgeTakesEverything() {
        make("down").orFail();
        assertThat(list("ps", "--all", "--quiet", "--filter", MINE)).isEmpty();
        assertThat(list("volume", "ls", "--filter", MINE, "--format", "{{.Name}}"))
                .containsExactly("spark-dev-workspace");

        var kept = keepLayers();
        try {
            make("purge").orFail();

            assertThat(list("volume", "ls", "--quiet", "--filter", MINE)).isEmpty();
            assertThat(list("network", "ls", "--quiet", "--filter", MINE)).isEmpty();
            // Other names that somebody gave them, and images that somebody built on them, stay.
            assertThat(list("image", "ls", "--filter", IMAGES, "--format", "{{.Repository}}:{{.Tag}}"))
                    .noneMatch(image -> image.startsWith("sparkcluster/") || image.equals("<none>:<none>"));
        } finally {
            kept.forEach(DockerWalkTest::giveBack);
        }
    }

    /** Another name for every image, so that purge removes ours without throwing away what the next run would build again. */
    private static List<String> keepLayers() {
        var kept = new ArrayList<String>();
        for (String image : list("image", "ls", "--filter", IMAGES, "--format", "{{.Repository}}:{{.Tag}}")) {
            if (image.startsWith("sparkcluster/")) {
                Shell.docker("tag", image, "kept/" + image).orFail();
                kept.add(image);
            }
        }
        assertThat(kept).hasSizeGreaterThanOrEqualTo(5);
        return kept;
    }

    private static void giveBack(String image) {
        Shell.docker("tag", "kept/" + image, image).orFail();
        Shell.docker("image", "rm", "kept/" + image).orFail();
    }

    /** Ends {@code make up} as soon as a container of that role is there, and all that it started with it. */
    private void cutOff(String signal, String role) throws IOException {
        Path log = folder.resolve("cut-off-" + role + ".log");
        var up = Shell.start(clone, own(), log, "setsid", "make", "up");
        String group = "-" + up.pid();
        Shell.await("a container of the " + role, UP, () -> {
            if (!up.isAlive()) {
                throw new AssertionError("make up ended by itself: " + read(log));
            }
            return !list("ps", "--quiet", "--filter", MINE, "--filter", "label=io.sparkcluster.role=" + role)
                    .isEmpty();
        });
        Shell.run(Duration.ofSeconds(20), folder, Map.of(), "kill", "-" + signal, "--", group);
        if (signal.equals("INT")) {
            // The first one asks Pulumi to finish what it is at, the second one not to.
            Shell.await(
                    "Pulumi has seen the first interrupt",
                    Duration.ofMinutes(1),
                    () -> read(log).contains("^C received") || !up.isAlive());
            Shell.run(Duration.ofSeconds(20), folder, Map.of(), "kill", "-" + signal, "--", group);
        }
        Shell.await("make up ends", UP, () -> !up.isAlive());
        assertThat(up.exitValue()).as(read(log)).isNotZero();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    private Shell.Result make(String... arguments) {
        var command = new String[arguments.length + 1];
        command[0] = "make";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Shell.run(UP, clone, own(), command);
    }

    /** Nothing of the state that the test run itself uses reaches the clone. */
    private static Map<String, String> own() {
        return Map.of("STACK", "dev");
    }

    private static List<String> list(String... command) {
        return Shell.docker(command).orFail().text().lines().toList();
    }

    private static void remove(List<String> ids, String... command) {
        for (String id : ids) {
            var all = new ArrayList<>(List.of(command));
            all.add(id);
            Shell.docker(all.toArray(String[]::new));
        }
    }
}
