package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Podman's service killed under a job, and containers that somebody removes by hand. Needs the test bed, whose service it kills. */
@Tag("live")
@Tag("podman")
@Tag("faults")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PodmanNodeFaultsTest {

    private static final Duration JOB = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path SERVICE = Path.of("/var/lib/spark-cluster-podman/service.pid");

    @TempDir
    private static Path folder;

    private final Map<String, String> engine = Map.of(
            "DOCKER_HOST",
            Optional.ofNullable(System.getenv("CONTAINER_HOST")).orElse("unix:///run/podman/podman.sock"));

    private LiveStack stack;
    private EdgeShell edge;

    @BeforeAll
    void up() throws IOException {
        stack = LiveStack.create("hfault", folder, engine);
        stack.configure(Map.of("docker.engine", "podman", "workers.count", "1", "smokeTest", "false"));
        stack.up();
        edge = new EdgeShell(engine, () -> List.of("docker", "exec", stack.node("edge")));
        edge.job("long.py");
        edge.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();
    }

    @AfterAll
    void takeAway() {
        stack.close();
    }

    @Test
    @Order(1)
    void aJobOutlastsThatPodmansServiceIsKilled() throws IOException {
        // Its words go to the workspace: the connection through the service ends with it.
        var running = edge.start(
                folder.resolve("long.log"), "sh", "-c", "spark-submit /workspace/long.py >/workspace/long.log 2>&1");
        Shell.await("the job runs", SOON, () -> page().runningCores() > 0);
        var before = stack.containers();

        long service = Long.parseLong(Files.readString(SERVICE).strip());
        assertThat(ProcessHandle.of(service).orElseThrow().destroyForcibly()).isTrue();
        Shell.await("the service is gone", SOON, () -> ProcessHandle.of(service)
                .map(process -> !process.isAlive())
                .orElse(true));
        Shell.run(SOON, Path.of("."), Map.of(), "testbed/podman/up").orFail();

        Shell.await("the job ends", JOB, () -> page().json()
                .getAsJsonArray("activeapps")
                .isEmpty());
        running.destroy();
        assertThat(edge.run("cat", "/workspace/long.log").orFail().text())
                .contains("SUM 1770")
                .doesNotContain("Lost executor");
        assertThat(stack.containers()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void upBringsBackContainersThatSomebodyRemoved() {
        for (String name : stack.containers().keySet()) {
            Shell.docker(engine, "rm", "--force", name).orFail();
        }

        stack.up();

        assertThat(stack.containers()).hasSize(3);
        Shell.await("a worker is alive", SOON, () -> page().alive() == 1);
        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
    }

    private MasterPage page() {
        return new MasterPage(stack.uiPort());
    }
}
