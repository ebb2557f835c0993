package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** The life of one cluster on Podman; each test finds what the one before left. {@code CONTAINER_HOST} leads to Podman, as for Podman itself. */
@Tag("live")
@Tag("podman")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodmanClusterTest {

    private static final Duration JOB = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private final Map<String, String> engine = Map.of(
            "DOCKER_HOST",
            Optional.ofNullable(System.getenv("CONTAINER_HOST")).orElse("unix:///run/podman/podman.sock"));

    private LiveStack stack;
    private EdgeShell edge;

    @BeforeAll
    void up() {
        stack = LiveStack.create("podlife", folder, engine);
        stack.configure(Map.of("docker.engine", "podman"));
        stack.up();
        edge = new EdgeShell(engine, () -> List.of("docker", "exec", stack.node("edge")));
    }

    @AfterAll
    void takeAway() {
        stack.close();
    }

    @Test
    @Order(1)
    void outputsSayWhereEverythingIs() {
        JsonObject outputs = stack.outputs();

        assertThat(outputs.get("masterUrl").getAsString()).isEqualTo("spark://spark-podlife-master:7077");
        assertThat(outputs.get("jupyterToken").getAsString()).isEqualTo("[secret]");
        assertThat(outputs.getAsJsonArray("workers")).hasSize(2);
        assertThat(outputs.getAsJsonObject("smokeTest").keySet()).containsExactly("job", "result", "seconds");
        assertThat(page().alive()).isEqualTo(2);
        assertThat(stack.containers()).hasSize(4);
    }

    @Test
    @Order(2)
    void aSecondUpChangesNothing() {
        stack.upWithoutChanges();
    }

    @Test
    @Order(3)
    void jupyterLabWantsItsToken() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + stack.labPort() + "/api/contents";

        assertThat(MasterPage.get(address).statusCode()).isEqualTo(403);
        assertThat(MasterPage.get(address, "Authorization", "token " + stack.secret("jupyterToken"))
                        .body())
                .contains("linear-regression.ipynb");
    }

    @Test
    @Tag("nightly")
    @Order(4)
    void submitsAJob() throws IOException {
        edge.submitsPi();
    }

    @Test
    @Tag("nightly")
    @Order(5)
    void runsTheNotebook() {
        edge.runsTheNotebook();
    }

    @Test
    @Order(6)
    void filesGoBothWaysAndBelongToTheSameUser() throws IOException {
        edge.exchangesFiles();
    }

    @Test
    @Order(6)
    void jvmsStartFromTheArchiveOfClasses() throws IOException {
        edge.startsJvmsFromTheArchiveOfClasses();
    }

    @Test
    @Tag("nightly")
    @Order(7)
    void aJobSurvivesTheMastersDeath() throws IOException {
        edge.job("long.py");
        Path log = folder.resolve("long.log");
        var running = edge.start(log, "spark-submit", "/workspace/long.py");
        Shell.await("the job runs on two executors", Duration.ofMinutes(3), () -> page().runningCores() == 2);
        // A master that dies before it has written down that an executor runs starts a second one of the same number.
        Shell.await("both executors work", Duration.ofMinutes(3), () -> JobLog.tasksStarted(log) >= 2);

        var death = Instant.now();
        Shell.docker(engine, "kill", stack.node("master")).orFail();
        Shell.docker(engine, "start", stack.node("master")).orFail();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        JobLog.assertOutlivedItsMaster(
                text,
                Shell.docker(engine, "logs", "--since", death.toString(), stack.node("master"))
                        .orFail()
                        .text());
        Shell.await("both workers are back", Duration.ofMinutes(3), () -> page().alive() == 2);
    }

    @Test
    @Order(8)
    void aWorkerMoreAndOneLessTouchNoOtherNode() {
        var before = stack.containers();

        // What follows runs jobs of its own, or is about containers.
        stack.configure(Map.of("workers.count", "3", "smokeTest", "false"));
        stack.up();
        assertThat(stack.containers()).containsAllEntriesOf(before).hasSize(5);
        Shell.await("three workers are alive", Duration.ofMinutes(1), () -> page().alive() == 3);
        stack.configure(Map.of("workers.count", "2"));
        stack.up();

        assertThat(stack.containers()).isEqualTo(before);
    }

    @Test
    @Order(9)
    void aNodeThatEndsIsStartedAgain() {
        String worker = stack.node("worker-1");
        String begun = inspect("worker-1", "{{.State.StartedAt}}");

        Shell.docker(engine, "exec", worker, "sh", "-c", "kill -TERM 1").orFail();

        Shell.await("the worker is started again", Duration.ofMinutes(2), () -> !inspect(
                        "worker-1", "{{.State.Running}} {{.State.StartedAt}}")
                .matches("false .*|true " + Pattern.quote(begun)));
        Shell.await("both workers are alive", Duration.ofMinutes(2), () -> page().alive() == 2);
    }

    @Test
    @Order(10)
    void nodesHaveTheirLimitsAndNoRights() {
        String cpus = inspect("worker-1", "{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}");

        assertThat(cpus).isEqualTo("2000000000 2147483648 2147483648");
        assertThat(inspect("worker-1", "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.ReadonlyRootfs}}"))
                .isEqualTo("always true");
        assertThat(edge.run("grep", "-E", "^(NoNewPrivs|CapEff):", "/proc/self/status")
                        .orFail()
                        .text())
                .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1");
    }

    @Test
    @Order(11)
    void bothSecretsAreNowhereInClear() throws IOException {
        String token = stack.secret("jupyterToken");
        String auth =
                edge.run("cat", "/run/spark-cluster/spark-auth/secret").orFail().text();
        assertThat(token).hasSizeGreaterThan(30);
        assertThat(auth).hasSizeGreaterThan(30).isNotEqualTo(token);

        for (String node : List.of("master", "worker-1", "worker-2", "edge")) {
            String name = stack.node(node);
            for (Shell.Result place : List.of(
                    Shell.docker(engine, "inspect", name),
                    Shell.docker(engine, "logs", name),
                    Shell.docker(engine, "top", name),
                    Shell.docker(engine, "history", "--no-trunc", inspect(node, "{{.Image}}")))) {
                assertThat(place.orFail().text())
                        .isNotEmpty()
                        .doesNotContain(token)
                        .doesNotContain(auth);
            }
        }
        assertThat(stack.state()).isNotEmpty().doesNotContain(token).doesNotContain(auth);
    }

    @Test
    @Order(12)
    void theWorkspaceOutlivesTheClusterAndNothingElseDoes() {
        edge.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();

        stack.destroy();
        assertThat(stack.remains()).containsExactly("volume spark-podlife-workspace");
        stack.up();

        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
    }

    private String inspect(String node, String format) {
        return Shell.docker(engine, "inspect", "--format", format, stack.node(node))
                .orFail()
                .text()
                .strip();
    }

    private MasterPage page() {
        return new MasterPage(stack.uiPort());
    }
}
