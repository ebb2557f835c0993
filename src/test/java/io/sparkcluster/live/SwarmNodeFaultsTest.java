package io.sparkcluster.live;

import static io.sparkcluster.live.TestMachines.ALPHA;
import static io.sparkcluster.live.TestMachines.BETA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Engines of machines that are restarted under a job, and services that somebody changes by hand; each test finds what the one before left. */
@Tag("live")
@Tag("swarm")
@Tag("faults")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SwarmNodeFaultsTest {

    private static final Duration JOB = Duration.ofMinutes(6);
    private static final Duration NOTICED = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private LiveStack stack;
    private EdgeShell edge;

    @BeforeAll
    void up() throws IOException {
        stack = LiveStack.create("hfault", folder);
        stack.configure(TestMachines.stack());
        stack.unset("swarm.machines.gamma");
        stack.configure(Map.of("workers.count", "1", "smokeTest", "false"));
        stack.up();
        edge = new EdgeShell(Map.of(), () -> {
            var way = TestMachines.words(ALPHA, "docker", "exec");
            way.add(TestMachines.tasks(ALPHA, stack.node("edge")).get(0));
            return way;
        });
        edge.job("long.py");
        edge.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();
    }

    @AfterAll
    void takeAway() {
        stack.close();
        TestMachines.sh(ALPHA, "find " + TestMachines.SHARE + " -mindepth 1 -delete")
                .orFail();
    }

    @Test
    @Order(1)
    void aJobOutlastsThatTheEngineOfAWorkersMachineIsRestarted() throws IOException {
        Path log = folder.resolve("long.log");
        var running = edge.start(log, "spark-submit", "/workspace/long.py");
        // Half of the worker's two cores, since two sessions share the cluster.
        Shell.await("the job runs", NOTICED, () -> page().contains("\"coresused\" : 1"));

        TestMachines.sh(BETA, "service docker restart").orFail();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        assertThat(Files.readString(log)).contains("SUM 1770");
        wellAgain();
    }

    @Test
    @Order(2)
    void theClusterIsBackAfterTheManagersEngineWasRestarted() {
        TestMachines.sh(ALPHA, "service docker restart").orFail();

        Shell.await("the edge node is back", NOTICED, () -> running(ALPHA, stack.node("edge")));
        wellAgain();
    }

    @Test
    @Order(3)
    void upBringsBackAServiceThatSomebodyRemoved() {
        TestMachines.on(ALPHA, "docker", "service", "rm", workers()).orFail();
        Shell.await("its task is gone", NOTICED, () -> !running(BETA, workers()));

        stack.up();

        wellAgain();
    }

    @Test
    @Order(4)
    void upBringsBackWorkersThatSomebodyScaledAway() {
        TestMachines.on(ALPHA, "docker", "service", "scale", workers() + "=0").orFail();
        Shell.await("its task is gone", NOTICED, () -> !running(BETA, workers()));

        stack.up();

        wellAgain();
    }

    private void wellAgain() {
        Shell.await("a worker is alive", NOTICED, () -> page().contains("\"aliveworkers\" : 1"));
        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
    }

    private static boolean running(String machine, String service) {
        var tasks =
                TestMachines.sh(machine, "docker ps --quiet --filter label=com.docker.swarm.service.name=" + service);
        return tasks.code() == 0 && !tasks.text().isBlank();
    }

    /** Asked on the edge node, since no tunnel would outlast this. */
    private String page() {
        List<String> edges = TestMachines.sh(
                        ALPHA, "docker ps --quiet --filter label=com.docker.swarm.service.name=" + stack.node("edge"))
                .text()
                .lines()
                .toList();
        if (edges.size() != 1) {
            return "";
        }
        String ask = "import urllib.request; print(urllib.request.urlopen('http://" + stack.node("master")
                + ":8080/json/', timeout=10).read().decode())";
        return TestMachines.on(ALPHA, "docker", "exec", edges.get(0), "python3", "-c", ask)
                .text();
    }

    private String workers() {
        return stack.cluster() + "-worker";
    }
}
