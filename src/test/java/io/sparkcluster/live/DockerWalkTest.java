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
import java.util.Set;
import java.util.TreeSet;
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
 * down}, {@code make purge}. The stack is {@code dev} as it is committed, under another name; the user's own {@code dev} is left alone.
 */
@Tag("live")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerWalkTest {

    private static final String STACK = "testwalk";
    private static final String MINE = "label=io.sparkcluster.cluster=" + STACK + "-cluster";

    /** Under this name the layers of images outlive a purge, so that the next test run does not build them again. */
    private static final String KEPT = "sparkcluster-test-kept/";

    @TempDir
    private static Path folder;

    @TempDir
    private static Path context;

    private FreshClone clone;
    private Bystander bystander;

    @BeforeAll
    void cloneRepository() throws IOException {
        LiveOwners.removeLeftovers(Map.of());
        assertThat(remains())
                .as("a stack %s of somebody else's is on this engine: take it away, or run this test on another", STACK)
                .isEmpty();
        bystander = Bystander.present(context);
        clone = FreshClone.of(folder, "dev", STACK);
    }

    @AfterAll
    void leaveNothing() {
        try {
            if (!remains().isEmpty()) {
                var kept = keepLayers();
                clone.leaveNothing();
                kept.forEach(DockerWalkTest::giveBack);
            }
            assertThat(remains()).isEmpty();
            bystander.assertUntouched();
        } finally {
            bystander.close();
        }
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
        String said = clone.make("up").orFail().text();
        String token = clone.token();

        assertThat(token).matches("[\\w-]{40,}");
        assertThat(said)
                .contains(clone.lab(), "http://127.0.0.1:" + clone.uiPort(), "spark://" + node("master") + ":7077")
                .doesNotContain(token);
        assertThat(clone.make("info").orFail().text())
                .contains(clone.lab(), node("worker-1"), node("worker-2"))
                .doesNotContain(token);
    }

    @Test
    @Order(5)
    void previewSeesNothingToDo() {
        assertThat(clone.make("preview").orFail().text())
                .contains("unchanged")
                .doesNotContain("to create", "to replace");
    }

    @Test
    @Order(6)
    void submitsAJobAndShowsLogs() {
        assertThat(clone.make("submit", "FILE=examples/jobs/pi.py", "ARGS=2")
                        .orFail()
                        .text())
                .contains("Pi is roughly 3.1");
        assertThat(clone.make("logs", "NODE=master").orFail().text()).contains(node("master"), "Registered app");
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
                clone.folder(),
                clone.environment(),
                log,
                "script",
                "--quiet",
                "--flush",
                "--return",
                "--command",
                "make shell",
                "/dev/null");
        Shell.await("a prompt", Duration.ofMinutes(2), () -> {
            assertThat(shell.isAlive()).as(read(log)).isTrue();
            return read(log).contains(node("edge") + ":/workspace$ ");
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
        assertThat(clone.make("submit").text()).contains("FILE is empty");
        assertThat(clone.make("submit", "FILE=none.py").text()).contains("FILE=none.py cannot be read");
    }

    @Test
    @Order(9)
    void pulumiWorksInTheShellThatEnvGives() {
        assertThat(clone.bash("eval \"$(make -s env)\" && pulumi stack output masterUrl --stack " + STACK)
                        .orFail()
                        .text())
                .contains("spark://" + node("master") + ":7077");
    }

    /** Two clones with a stack file of the same name, and so with the same cluster: whatever is typed in the second one, the first one's user loses nothing. */
    @Test
    @Order(10)
    void aSecondCloneOfTheSameStackTakesNothingOfTheFirst(@TempDir Path elsewhere) throws IOException {
        Shell.docker("exec", node("edge"), "sh", "-c", "echo first >/workspace/first.txt")
                .orFail();
        var before = containers();
        var second = FreshClone.of(elsewhere, "dev", STACK);

        var refused = second.make("up");
        assertThat(refused.code()).as(refused.text()).isNotZero();
        assertThat(refused.text())
                .contains(
                        "the cluster \"" + clone.cluster() + "\"",
                        "belongs to",
                        clone.folder().toString())
                .contains("pulumi config set name");
        for (String verb : List.of("info", "down", "purge")) {
            second.make(verb);
            assertThat(containers())
                    .as("after make " + verb + " in the second clone")
                    .isEqualTo(before);
        }

        assertThat(Shell.docker("exec", node("edge"), "cat", "/workspace/first.txt")
                        .orFail()
                        .text())
                .isEqualTo("first\n");
        clone.make("info").orFail();
        second.bash("eval \"$(make -s env)\" && pulumi stack rm --yes --stack " + STACK)
                .orFail();
    }

    /** Every container of the cluster, with the time of its start. */
    private static List<String> containers() {
        return list("ps", "--all", "--quiet", "--no-trunc", "--filter", MINE).stream()
                .sorted()
                .map(id -> Shell.docker("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", id)
                        .orFail()
                        .text()
                        .strip())
                .toList();
    }

    @Test
    @Order(11)
    void downKeepsTheWorkspaceAndPurgeTakesEverythingOfTheStack() {
        var images = imagesOfStack();
        assertThat(images).hasSize(5);

        clone.make("down").orFail();
        assertThat(remains()).containsExactly("volume " + clone.cluster() + "-workspace");
        bystander.assertUntouched();

        var kept = keepLayers();
        // Other clusters of this engine may run the same images, or what is built on them; theirs stay.
        var others = list("ps", "--all", "--quiet").stream()
                .flatMap(container -> list("inspect", "--format", "{{.Image}}", container).stream())
                .map(DockerWalkTest::layers)
                .toList();
        var used = new TreeSet<>(images);
        used.removeIf(image -> others.stream().noneMatch(layers -> layers.startsWith(layers(image))));
        try {
            clone.make("purge").orFail();

            assertThat(remains()).isEmpty();
            images.retainAll(list("image", "ls", "--format", "{{.Repository}}:{{.Tag}}"));
            assertThat(images).as("images that the purge left").isEqualTo(used);
            bystander.assertUntouched();
        } finally {
            kept.forEach(DockerWalkTest::giveBack);
        }
    }

    private static String layers(String image) {
        return Shell.docker("image", "inspect", "--format", "{{range .RootFS.Layers}}{{.}} {{end}}", image)
                .orFail()
                .text()
                .strip();
    }

    /** Another name for every image that a purge could take, since another stack may be built from the same sources. */
    private static List<String> keepLayers() {
        var kept = new ArrayList<String>();
        for (String image : list("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")) {
            if (image.startsWith("sparkcluster/")) {
                Shell.docker("tag", image, KEPT + image).orFail();
                kept.add(image);
            }
        }
        return kept;
    }

    private static void giveBack(String image) {
        Shell.docker("tag", KEPT + image, image).orFail();
        Shell.docker("image", "rm", KEPT + image).orFail();
    }

    /** Ends {@code make up} as soon as a container of that role is there, and all that it started with it. */
    private void cutOff(String signal, String role) throws IOException {
        Path log = folder.resolve("cut-off-" + role + ".log");
        var up = Shell.start(clone.folder(), clone.environment(), log, "setsid", "make", "up");
        String group = "-" + up.pid();
        Shell.await("a container of the " + role, FreshClone.LIMIT, () -> {
            if (!up.isAlive()) {
                throw new AssertionError("make up ended by itself: " + read(log));
            }
            return !list("ps", "--quiet", "--filter", MINE, "--filter", "label=io.sparkcluster.role=" + role)
                    .isEmpty();
        });
        list("ps", "--filter", MINE, "--format", "{{.Label \"io.sparkcluster.owner\"}}")
                .forEach(LiveOwners::remember);
        Shell.run(Duration.ofSeconds(20), folder, Map.of(), "kill", "-" + signal, "--", group);
        if (signal.equals("INT")) {
            // The first one asks Pulumi to finish what it is at, the second one not to.
            Shell.await(
                    "Pulumi has seen the first interrupt",
                    Duration.ofMinutes(1),
                    () -> read(log).contains("^C received") || !up.isAlive());
            Shell.run(Duration.ofSeconds(20), folder, Map.of(), "kill", "-" + signal, "--", group);
        }
        Shell.await("make up ends", FreshClone.LIMIT, () -> !up.isAlive());
        assertThat(up.exitValue()).as(read(log)).isNotZero();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    private String node(String name) {
        return clone.cluster() + "-" + name;
    }

    /** What the stack built, by its state: on an engine one image may have names of several stacks. */
    private Set<String> imagesOfStack() {
        String state = clone.bash("eval \"$(make -s env 2>/dev/null)\" && pulumi stack export --stack " + STACK)
                .orFail()
                .text();
        var names = new TreeSet<String>();
        var built = Pattern.compile("\"id\": \"sha256:[0-9a-f]{64}(sparkcluster/[^\"]*)\"")
                .matcher(state);
        while (built.find()) {
            names.add(built.group(1));
        }
        return names;
    }

    /** Everything of the stack on the engine, by kind. */
    private static List<String> remains() {
        return LiveStack.labelled(Map.of(), MINE);
    }

    private static List<String> list(String... command) {
        return Shell.docker(command).orFail().text().lines().toList();
    }
}
