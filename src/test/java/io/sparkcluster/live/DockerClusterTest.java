package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sparkcluster.model.Versions;
import io.sparkcluster.platform.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The life of one cluster on a real engine, from the first {@code up} to the last {@code destroy}; each test finds what the one before left. */
@Tag("live")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedCluster.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerClusterTest {

    private static final Duration JOB = Duration.ofMinutes(4);

    @TempDir
    private static Path folder;

    private LiveStack stack;
    private EdgeShell edge;

    @BeforeAll
    void up(LiveStack shared) {
        stack = shared;
        stack.configure(Map.of("workers.count", "2", "smokeTest", "true"));
        edge = new EdgeShell(Map.of(), () -> List.of("docker", "exec", stack.node("edge")));
        stack.up();
    }

    @Test
    @Order(1)
    void outputsSayWhereEverythingIs() {
        JsonObject outputs = stack.outputs();

        assertThat(outputs.keySet())
                .containsExactlyInAnyOrder(
                        "masterUrl",
                        "masterUiUrl",
                        "jupyterUrl",
                        "jupyterToken",
                        "workspace",
                        "workers",
                        "versions",
                        "smokeTest");
        assertThat(outputs.get("masterUrl").getAsString()).isEqualTo("spark://spark-life-master:7077");
        assertThat(outputs.get("jupyterToken").getAsString()).isEqualTo("[secret]");
        assertThat(outputs.get("workspace").getAsString()).isEqualTo("spark-life-workspace");
        assertThat(outputs.getAsJsonArray("workers")).hasSize(2);
        assertThat(outputs.getAsJsonObject("smokeTest").keySet()).containsExactly("job", "result", "seconds");
        assertThat(outputs.getAsJsonObject("versions").get("spark").getAsString())
                .isEqualTo(Versions.DEFAULT.spark());
    }

    @Test
    @Order(2)
    void aSecondUpChangesNothing() {
        stack.upWithoutChanges();
    }

    @Test
    @Order(3)
    void theMasterShowsItsWorkersAndTheirPagesOnOnePort() throws IOException, InterruptedException {
        JsonArray workers = page().json().getAsJsonArray("workers");

        // For a quarter of an hour the master also lists those that were replaced together with it.
        var alive = workers.asList().stream()
                .filter(worker ->
                        worker.getAsJsonObject().get("state").getAsString().equals("ALIVE"))
                .toList();
        assertThat(alive).hasSize(2).allSatisfy(worker -> {
            String address = "http://127.0.0.1:" + stack.uiPort() + "/proxy/"
                    + worker.getAsJsonObject().get("id").getAsString() + "/";
            assertThat(MasterPage.get(address).body()).contains("Spark Worker at");
        });
    }

    @Test
    @Order(4)
    void jupyterLabWantsItsToken() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + stack.labPort() + "/api/contents";

        assertThat(MasterPage.get(address).statusCode()).isEqualTo(403);
        assertThat(MasterPage.get(address, "Authorization", "token wrong").statusCode())
                .isEqualTo(403);
        assertThat(MasterPage.get(address, "Authorization", "token " + stack.secret("jupyterToken"))
                        .body())
                .contains("linear-regression.ipynb");
    }

    @Test
    @Tag("nightly")
    @Order(5)
    void submitsAJob() throws IOException {
        edge.submitsPi();
    }

    @Test
    @Order(6)
    void takesTheTour() {
        edge.takesTheTour("standalone master");
    }

    @Test
    @Tag("nightly")
    @Order(6)
    void runsTheNotebook() {
        edge.runsTheNotebook();
    }

    @Test
    @Order(7)
    void filesGoBothWaysAndBelongToTheSameUser() throws IOException {
        assertThat(edge.exchangesFiles()).contains("MASTER spark://spark-life-master:7077");
    }

    @Test
    @Order(7)
    void jvmsStartFromTheArchiveOfClasses() throws IOException {
        edge.startsJvmsFromTheArchiveOfClasses();
    }

    @Test
    @Order(7)
    void packagesThatPipInstallsAreThereForDriverAndExecutors() throws IOException {
        edge.installsPackages(2);
    }

    @Test
    @Tag("nightly")
    @Order(8)
    void twoSessionsRunAtTheSameTime() throws IOException {
        edge.job("session.py");

        String both = edge.run(
                        "sh",
                        "-c",
                        "spark-submit /workspace/session.py a b & one=$!; spark-submit /workspace/session.py b a & two=$!;"
                                + " wait $one && wait $two && rm /workspace/session-a /workspace/session-b")
                .orFail()
                .text();
        assertThat(both).contains("AGAIN 4950").satisfies(text -> assertThat(text.split("AGAIN 4950", -1))
                .hasSize(3));
    }

    @Test
    @Order(9)
    void aJobSurvivesTheMastersDeath() throws IOException {
        edge.job("long.py");
        Path log = folder.resolve("long.log");
        var running = edge.start(log, "spark-submit", "/workspace/long.py");
        Shell.await("the job runs on two executors", Duration.ofMinutes(2), () -> page().runningCores() == 2);
        // A master that dies before it has written down that an executor runs starts a second one of the same number.
        Shell.await("both executors work", Duration.ofMinutes(2), () -> JobLog.tasksStarted(log) >= 2);

        var death = Instant.now();
        Shell.docker("kill", stack.node("master")).orFail();
        Shell.docker("start", stack.node("master")).orFail();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        JobLog.assertOutlivedItsMaster(
                text,
                Shell.docker("logs", "--since", death.toString(), stack.node("master"))
                        .orFail()
                        .text());
        Shell.await("both workers are back", Duration.ofMinutes(2), () -> page().alive() == 2);
    }

    @Test
    @Tag("nightly")
    @Order(10)
    void aWorkerThatLeavesHandsItsShuffleBlocksOver() throws IOException {
        stack.configure(Map.of("workers.count", "3", "smokeTest", "false"));
        var before = stack.containers();
        stack.up();
        assertThat(stack.containers()).containsAllEntriesOf(before).hasSize(4 + 1);
        edge.job("shuffle.py");
        Path log = folder.resolve("shuffle.log");
        var running = edge.start(log, "spark-submit", "/workspace/shuffle.py");
        Shell.await("the job runs on all three workers", Duration.ofMinutes(2), () -> page().runningCores() == 3);
        Shell.await("the reduce stage runs", Duration.ofMinutes(2), () -> page().runsStage(1));

        stack.configure(Map.of("workers.count", "2"));
        stack.up();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        ShuffleHandover.of(text).assertComplete();
        assertThat(text)
                .contains("RESULT [(0, 10000), (1, 10000), (2, 10000), (3, 10000), (4, 10000), (5, 10000)]")
                .contains("STAGES [(0, 0), (1, 0)]");
        assertThat(stack.containers()).isEqualTo(before);
    }

    @Test
    @Order(11)
    void oneWorkerIsEnoughAndTwoAreBackWithoutTouchingOtherNodes() {
        var before = stack.containers();

        // What follows is about containers.
        stack.configure(Map.of("workers.count", "1", "smokeTest", "false"));
        stack.up();
        assertThat(stack.containers()).hasSize(3);
        Shell.await("one worker is alive", Duration.ofMinutes(1), () -> page().alive() == 1);
        stack.configure(Map.of("workers.count", "2"));
        stack.up();

        before.remove(stack.node("worker-2"));
        assertThat(stack.containers()).hasSize(4).containsAllEntriesOf(before);
    }

    @Test
    @Order(12)
    void oneChangedSettingReplacesOnlyWhatItIsAbout() {
        var before = stack.containers();

        stack.configure(Map.of("edge.memory", "3100m"));
        stack.up();

        var after = stack.containers();
        assertThat(after.get(stack.node("edge"))).isNotEqualTo(before.get(stack.node("edge")));
        before.remove(stack.node("edge"));
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    @Order(12)
    void aRenamedStackReplacesNothing() {
        var before = stack.containers();

        stack.rename("renamed");
        try {
            stack.upWithoutChanges();
            assertThat(stack.containers()).isEqualTo(before);
        } finally {
            stack.rename("life");
        }
        stack.upWithoutChanges();
        assertThat(stack.containers()).isEqualTo(before);
    }

    /** What is stored. Processes, logs and pages are looked at while an application runs, by {@link DockerLockedDoorsTest}. */
    @Test
    @Order(13)
    void bothSecretsAreStoredNowhereInClear() throws IOException {
        String token = stack.secret("jupyterToken");
        String auth = Shell.docker("exec", stack.node("master"), "cat", "/run/spark-cluster/spark-auth/secret")
                .orFail()
                .text();
        assertThat(token).hasSizeGreaterThan(30);
        assertThat(auth).hasSizeGreaterThan(30).isNotEqualTo(token);

        for (String place : List.of(
                inspect(),
                logs(),
                Shell.docker("history", "--no-trunc", image("edge")).orFail().text(),
                Shell.docker("history", "--no-trunc", image("worker-1"))
                        .orFail()
                        .text(),
                stack.state())) {
            assertThat(place).isNotEmpty().doesNotContain(token).doesNotContain(auth);
        }
    }

    @Test
    @Tag("nightly")
    @Order(14)
    void anotherGenerationMakesNewSecretsThatWorkAndTheLastTokenDoesNot() throws IOException, InterruptedException {
        String token = stack.secret("jupyterToken");
        String address = "http://127.0.0.1:" + stack.labPort() + "/api/contents";
        assertThat(MasterPage.get(address, "Authorization", "token " + token).statusCode())
                .isEqualTo(200);

        stack.configure(Map.of("security.generation", "3", "smokeTest", "true"));
        stack.up();

        assertThat(MasterPage.get(address, "Authorization", "token " + token).statusCode())
                .isEqualTo(403);
        assertThat(MasterPage.get(address, "Authorization", "token " + stack.secret("jupyterToken"))
                        .statusCode())
                .isEqualTo(200);
        stack.upWithoutChanges();
    }

    @Test
    @Order(15)
    void theWorkspaceOutlivesTheCluster() {
        String tour = edge.notebook("cluster-tour.ipynb");
        edge.run("sh", "-c", "echo kept >/workspace/mine.txt && rm " + tour).orFail();

        stack.destroy();
        assertThat(stack.remains()).containsExactly("volume spark-life-workspace");
        stack.up();

        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        // What its user deleted stays deleted.
        assertThat(edge.run("test", "-e", tour).code()).isEqualTo(1);
    }

    @Test
    @Tag("nightly")
    @Order(16)
    void aSecondClusterLivesBesideTheFirst(@TempDir Path other) {
        try (var second = LiveStack.create("beside", other)) {
            second.configure(Map.of("workers.count", "1", "smokeTest", "false"));
            var before = stack.containers();

            second.up();

            assertThat(stack.containers()).isEqualTo(before);
            assertThat(page().alive()).isEqualTo(2);
            second.destroy();
            assertThat(second.remains()).containsExactly("volume spark-beside-workspace");
            assertThat(stack.containers()).isEqualTo(before);
        }
    }

    @Test
    @Order(17)
    void anotherOwnerOfTheSameNamesIsRefusedAndChangesNothing(@TempDir Path other) {
        var before = stack.containers();
        try (var second = LiveStack.create("life", other)) {
            second.configure(Map.of(
                    "master.uiPort", Integer.toString(stack.uiPort()), "edge.port", Integer.toString(stack.labPort())));

            assertThat(second.failingUp())
                    .contains(
                            "of the cluster \"spark-life\", which belongs to",
                            "stack life",
                            "pulumi config set name spark-life-2",
                            "pulumi config set --path master.uiPort",
                            "pulumi config set --path edge.port");
            second.destroy();
        }
        assertThat(stack.containers()).isEqualTo(before);
        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
    }

    @Test
    @Order(18)
    void upBringsBackWhatSomebodyTookAwayStoppedPausedOrDisconnected() {
        var before = stack.containers();
        Shell.docker("rm", "--force", stack.node("worker-1")).orFail();
        Shell.docker("stop", "--time", "1", stack.node("master")).orFail();
        Shell.docker("network", "disconnect", stack.cluster(), stack.node("worker-2"))
                .orFail();
        Shell.docker("pause", stack.node("edge")).orFail();

        String said = stack.up();

        assertThat(said)
                .contains(
                        stack.node("edge") + " was paused by hand",
                        stack.node("worker-2") + " was taken off the network " + stack.cluster() + " by hand");
        assertThat(stack.containers()).containsOnlyKeys(before.keySet());
        Shell.await("both workers are registered", Duration.ofMinutes(1), () -> page().alive() == 2);
        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        stack.upWithoutChanges();
    }

    /** The official plugin removes a volume by its name, whoever has made it. */
    @Test
    @Order(19)
    void destroyLeavesAVolumeThatSomebodyElseMadeAnew() {
        assumeTrue(stack.hasOwnDockerPlugin(), "only the docker plugin that is built here looks at a volume's owner");
        String volume = stack.node("worker-1") + "-scratch";
        Shell.docker("rm", "--force", stack.node("worker-1")).orFail();
        Shell.docker("volume", "rm", volume).orFail();
        Shell.docker(
                        "volume",
                        "create",
                        "--label",
                        Labels.OWNER + "=b0b",
                        "--label",
                        Labels.OWNER_NAME + "=bob",
                        volume)
                .orFail();
        try {
            stack.destroy();

            assertThat(Shell.docker("volume", "inspect", "--format", "{{json .Labels}}", volume)
                            .orFail()
                            .text())
                    .contains("b0b");
        } finally {
            Shell.docker("volume", "rm", volume);
        }
    }

    @Test
    @Order(20)
    void aWorkspaceThatIsGoneIsSaidInWords() {
        stack.destroy();
        Shell.docker("volume", "rm", stack.cluster() + "-workspace").orFail();

        assertThat(stack.preview())
                .contains("the workspace spark-life-workspace, made at", "is gone, and the files in it are lost");
    }

    private String inspect() {
        var all = new StringBuilder();
        stack.containers()
                .keySet()
                .forEach(name ->
                        all.append(Shell.docker("inspect", name).orFail().text()));
        return all.toString();
    }

    private String logs() {
        var all = new StringBuilder();
        stack.containers()
                .keySet()
                .forEach(name -> all.append(Shell.docker("logs", name).orFail().text()));
        return all.toString();
    }

    private String image(String node) {
        return Shell.docker("inspect", "--format", "{{.Image}}", stack.node(node))
                .orFail()
                .text()
                .strip();
    }

    private MasterPage page() {
        return new MasterPage(stack.uiPort());
    }
}
