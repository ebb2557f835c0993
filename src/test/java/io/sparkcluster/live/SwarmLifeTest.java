package io.sparkcluster.live;

import static io.sparkcluster.live.TestMachines.ALPHA;
import static io.sparkcluster.live.TestMachines.BETA;
import static io.sparkcluster.live.TestMachines.GAMMA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of one cluster on three machines, one of which had no Docker before; each test finds what the one before left. */
@Tag("live")
@Tag("swarm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SwarmLifeTest {

    private static final Duration JOB = Duration.ofMinutes(6);
    private static final Duration NOTICED = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private final Map<String, String> before = new TreeMap<>();

    private LiveStack stack;
    private EdgeShell edge;
    private Optional<Process> tunnel = Optional.empty();

    @BeforeAll
    void up() throws IOException {
        for (String machine : TestMachines.ADDRESS.keySet()) {
            before.put(machine, TestMachines.traces(machine));
        }
        stack = LiveStack.create("swarmlife", folder);
        stack.configure(TestMachines.stack());
        stack.up();
        edge = new EdgeShell(Map.of(), () -> {
            var way = TestMachines.words(ALPHA, "docker", "exec");
            way.add(TestMachines.tasks(ALPHA, stack.node("edge")).get(0));
            return way;
        });
        edge.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();
        openTunnel();
    }

    private void openTunnel() throws IOException {
        closeTunnel();
        String command = stack.outputs().get("tunnel").getAsString();
        var opened = Shell.start(folder, Map.of(), folder.resolve("tunnel.log"), command.split(" ", -1));
        tunnel = Optional.of(opened);
        Shell.await("the tunnel leads to the master's page", Duration.ofMinutes(1), () -> {
            if (!opened.isAlive()) {
                throw new AssertionError("the tunnel ended with " + opened.exitValue() + ": " + command);
            }
            return page().alive() >= 0;
        });
    }

    private void closeTunnel() {
        tunnel.ifPresent(Process::destroy);
    }

    @AfterAll
    void takeAway() {
        closeTunnel();
        stack.close();
        TestMachines.sh(ALPHA, "find " + TestMachines.SHARE + " -mindepth 1 -delete")
                .orFail();
    }

    @Test
    @Order(1)
    void outputsSayOnWhichMachineEveryWorkerRuns() {
        JsonObject outputs = stack.outputs();

        assertThat(outputs.get("masterUrl").getAsString()).isEqualTo("spark://spark-swarmlife-master:7077");
        assertThat(outputs.get("jupyterToken").getAsString()).isEqualTo("[secret]");
        assertThat(outputs.getAsJsonObject("smokeTest").keySet()).containsExactly("job", "result", "seconds");
        assertThat(outputs.getAsJsonArray("workers"))
                .extracting(worker -> worker.getAsJsonObject().get("host").getAsString())
                .containsExactlyInAnyOrder(BETA, GAMMA);
        for (String machine : List.of(BETA, GAMMA)) {
            assertThat(TestMachines.tasks(machine, workers())).as(machine).hasSize(1);
        }
    }

    @Test
    @Order(2)
    void aSecondUpChangesNothing() {
        stack.upWithoutChanges();
    }

    @Test
    @Order(3)
    void oneTunnelLeadsToBothPages() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + stack.labPort() + "/api/contents";

        assertThat(page().alive()).isEqualTo(2);
        assertThat(MasterPage.get(address).statusCode()).isEqualTo(403);
        assertThat(MasterPage.get(address, "Authorization", "token " + stack.secret("jupyterToken"))
                        .body())
                .contains("linear-regression.ipynb");
        assertThat(TestMachines.sh(ALPHA, "ss -ltnH 'sport = :" + stack.labPort() + "' | awk '{print $4}'")
                        .orFail()
                        .text()
                        .strip())
                .isEqualTo("127.0.0.1:" + stack.labPort());
    }

    @Test
    @Tag("nightly")
    @Order(4)
    void submitsAJobAndRunsTheNotebook() throws IOException {
        edge.submitsPi();
        edge.runsTheNotebook();
    }

    @Test
    @Order(5)
    void filesGoBothWaysBetweenMachines() throws IOException {
        edge.exchangesFiles();
    }

    @Test
    @Order(5)
    void jvmsStartFromTheArchiveOfClasses() throws IOException {
        edge.startsJvmsFromTheArchiveOfClasses();
    }

    @Test
    @Order(6)
    void anotherContainerOnAnyMachineJoinsTheNetwork() {
        TestMachines.on(
                        GAMMA,
                        "docker",
                        "run",
                        "--rm",
                        "--network",
                        stack.cluster(),
                        "--entrypoint",
                        "python3",
                        TestMachines.image(GAMMA, workers()),
                        "-c",
                        "import socket; socket.create_connection(('" + stack.node("master") + "', 7077), 10)")
                .orFail();
    }

    @Test
    @Order(7)
    void bothSecretsAreNowhereInClear() throws IOException {
        String token = stack.secret("jupyterToken");
        String auth =
                edge.run("cat", "/run/spark-cluster/spark-auth/secret").orFail().text();
        assertThat(token).hasSizeGreaterThan(30);
        assertThat(auth).hasSizeGreaterThan(30).isNotEqualTo(token);
        String joining = TestMachines.on(ALPHA, "docker", "swarm", "join-token", "--quiet", "worker")
                .orFail()
                .text()
                .strip();

        var places = new ArrayList<String>();
        for (String machine : TestMachines.ADDRESS.keySet()) {
            for (String line : List.of(
                    "ps -eww -o args",
                    "docker ps --quiet | xargs docker inspect",
                    "for c in $(docker ps --quiet); do docker logs $c; done",
                    "docker image ls --quiet | sort -u | xargs -n 1 docker history --no-trunc",
                    "find /var/lib/sparkcluster -type f -exec cat {} +")) {
                places.add(said(machine, line));
            }
        }
        places.add(said(ALPHA, "docker service ls --quiet | xargs docker service inspect"));
        places.add(said(ALPHA, "docker secret ls --quiet | xargs docker secret inspect"));
        places.add(stack.state());
        try (var files = Files.walk(folder.resolve(".sparkcluster"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                places.add(Files.readString(file));
            }
        }
        assertThat(places).hasSizeGreaterThan(18).allSatisfy(place -> assertThat(place)
                .doesNotContain(token)
                .doesNotContain(auth)
                .doesNotContain(joining));
    }

    /** What a line of shell says on a machine; fails where any part of it does, or where it says nothing. */
    private static String said(String machine, String line) {
        var result = TestMachines.on(machine, "bash", "-euo", "pipefail", "-c", line);
        assertThat(result.orFail().text()).as(machine + ": " + line).isNotBlank();
        return result.text();
    }

    @Test
    @Order(8)
    void aWorkerMoreAndOneLessTouchNoOtherNode() {
        var others = new ArrayList<>(TestMachines.tasks(ALPHA, stack.node("edge")));
        others.addAll(TestMachines.tasks(ALPHA, stack.node("master")));
        var workers = allWorkers();

        // What follows runs jobs of its own, or is about containers.
        stack.configure(Map.of("workers.count", "3", "smokeTest", "false"));
        stack.up();
        Shell.await("three workers are alive", Duration.ofMinutes(1), () -> page().alive() == 3);
        assertThat(stack.outputs().getAsJsonArray("workers")).hasSize(3);
        assertThat(allWorkers()).hasSize(3).containsAll(workers);
        stack.configure(Map.of("workers.count", "2"));
        stack.up();

        Shell.await("two workers are alive", Duration.ofMinutes(2), () -> page().alive() == 2);
        assertThat(List.of(
                        TestMachines.tasks(ALPHA, stack.node("edge")).get(0),
                        TestMachines.tasks(ALPHA, stack.node("master")).get(0)))
                .isEqualTo(others);
    }

    @Test
    @Order(12)
    @Tag("nightly")
    void aJobSurvivesTheLossOfAWorkersMachine() throws IOException {
        var running = startLongJob();

        TestMachines.kill(GAMMA);

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(folder.resolve("long.log"));
        assertThat(running.exitValue()).as(text).isZero();
        assertThat(text).contains("SUM 1770");
        Shell.await(
                "the Swarm starts the worker on the other machine",
                NOTICED,
                () -> TestMachines.tasks(BETA, workers()).size() == 2);
        TestMachines.start();
        Shell.await("the machine is back in the Swarm", NOTICED, () -> nodes().contains(GAMMA + " Ready"));
        Shell.await("two workers are alive", NOTICED, () -> page().alive() == 2);
        stack.up();
    }

    @Test
    @Order(13)
    @Tag("nightly")
    void aManagerThatIsRebootedBringsTheClusterBack() throws IOException {
        TestMachines.reboot(ALPHA);

        Shell.await(
                "the edge node is back",
                NOTICED,
                () -> TestMachines.tasks(ALPHA, stack.node("edge")).size() == 1);
        openTunnel();
        Shell.await("two workers are alive", NOTICED, () -> page().alive() == 2);
        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        stack.up();
        edge.submitsPi();
    }

    @Test
    @Order(14)
    @Tag("nightly")
    void aCutBetweenTwoMachinesHeals() throws IOException {
        String gamma = TestMachines.ADDRESS.get(GAMMA);
        TestMachines.sh(
                        ALPHA,
                        "iptables -I INPUT -s " + gamma + " -j DROP && iptables -I OUTPUT -d " + gamma + " -j DROP")
                .orFail();
        try {
            Shell.await("the manager notices", NOTICED, () -> nodes().contains(GAMMA + " Down"));
        } finally {
            TestMachines.sh(
                            ALPHA,
                            "iptables -D INPUT -s " + gamma + " -j DROP; iptables -D OUTPUT -d " + gamma + " -j DROP")
                    .orFail();
        }
        Shell.await("the machine is back", NOTICED, () -> nodes().contains(GAMMA + " Ready"));
        Shell.await("two workers are alive", NOTICED, () -> page().alive() == 2);
        edge.submitsPi();
    }

    @Test
    @Order(15)
    void anotherMachineLessTouchesNoOtherAndItIsLeftAsItWas() {
        String beta = machine(BETA, "docker info --format '{{.Swarm.NodeID}}'");
        var edges = TestMachines.tasks(ALPHA, stack.node("edge"));
        stack.unset("swarm.machines.gamma");

        stack.up();

        assertThat(TestMachines.traces(GAMMA)).isEqualTo(before.get(GAMMA));
        assertThat(machine(BETA, "docker info --format '{{.Swarm.NodeID}}'")).isEqualTo(beta);
        assertThat(TestMachines.tasks(ALPHA, stack.node("edge"))).isEqualTo(edges);
        assertThat(TestMachines.tasks(BETA, workers())).hasSize(2);
    }

    @Test
    @Order(16)
    @Tag("nightly")
    void aMachineKilledInTheMiddleOfUpIsNoObstacleToTheNextOne() throws Exception {
        stack.destroy();
        assertThat(TestMachines.traces(BETA)).isEqualTo(before.get(BETA));
        Path log = folder.resolve("up.log");
        var running = stack.startUp(log);
        Shell.await("the second machine is in the Swarm", Duration.ofMinutes(5), () -> machine(
                        BETA, "docker info --format '{{.Swarm.LocalNodeState}}'")
                .equals("active"));

        TestMachines.kill(BETA);

        Shell.await("up ends", Duration.ofMinutes(15), () -> !running.isAlive());
        assertThat(running.exitValue()).as(Files.readString(log)).isNotZero();
        TestMachines.start();
        stack.up();
        openTunnel();
        Shell.await("two workers are alive", NOTICED, () -> page().alive() == 2);
        assertThat(edge.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
    }

    /** The machines reach the registry as their own loopback, where an engine takes one without a certificate. */
    @Test
    @Tag("nightly")
    @Order(17)
    void imagesComeFromARegistryThatTheUserNames() throws IOException {
        try (var registry = TestRegistry.start()) {
            var tunnels = new ArrayList<Process>();
            // Alpha and beta, and gamma too if the step that takes it out was not run.
            List<String> machines = nodes().lines()
                    .map(node -> node.substring(0, node.indexOf(' ')))
                    .toList();
            try {
                for (String machine : machines) {
                    tunnels.add(tunnelTo(machine, registry.address()));
                }
                stack.configure(Map.of("swarm.delivery", "registry", "swarm.registry", registry.address() + "/team"));

                stack.up();

                String source = registry.address() + "/team/";
                assertThat(origin(ALPHA, stack.node("master"))).contains(source);
                assertThat(origin(ALPHA, stack.node("edge"))).contains(source);
                var working = machines.stream()
                        .filter(machine ->
                                !TestMachines.tasks(machine, workers()).isEmpty())
                        .toList();
                assertThat(working).isNotEmpty();
                assertThat(working).allSatisfy(machine -> assertThat(origin(machine, workers()))
                        .contains(source));
                stack.upWithoutChanges();
            } finally {
                tunnels.forEach(Process::destroy);
            }
        }
    }

    /** Where a service's image on a machine comes from. */
    private static String origin(String machine, String service) {
        return machine(
                machine, "docker image inspect --format '{{.RepoDigests}}' " + TestMachines.image(machine, service));
    }

    private Process tunnelTo(String machine, String address) throws IOException {
        String config = List.of(stack.outputs().get("tunnel").getAsString().split(" ", -1)).stream()
                .filter(word -> word.endsWith("/config"))
                .findFirst()
                .orElseThrow();
        Path log = folder.resolve("registry-" + machine + ".log");
        var opened = Shell.start(
                folder,
                Map.of(),
                log,
                "ssh",
                "-F",
                config,
                "-N",
                "-o",
                "ExitOnForwardFailure=yes",
                "-R",
                address + ":" + address,
                machine);
        Shell.await("the registry is reached from " + machine, Duration.ofMinutes(1), () -> {
            if (!opened.isAlive()) {
                throw new AssertionError("the tunnel ended with " + opened.exitValue() + ", see " + log);
            }
            return TestMachines.on(machine, "bash", "-c", "exec 3<>/dev/tcp/" + address.replace(':', '/'))
                            .code()
                    == 0;
        });
        return opened;
    }

    @Test
    @Order(18)
    void afterDownEveryMachineIsAsItWasAndTheWorkspaceIsThere() {
        stack.destroy();

        for (String machine : TestMachines.ADDRESS.keySet()) {
            assertThat(TestMachines.traces(machine)).as(machine).isEqualTo(before.get(machine));
        }
        assertThat(machine(ALPHA, "cat " + TestMachines.SHARE + "/mine.txt")).isEqualTo("kept");
        assertThat(TestMachines.on(GAMMA, "which", "dockerd").code()).isNotZero();
    }

    private Process startLongJob() throws IOException {
        edge.job("long.py");
        var running = edge.start(folder.resolve("long.log"), "spark-submit", "/workspace/long.py");
        Shell.await(
                "the job runs on two executors",
                Duration.ofMinutes(3),
                () -> page().runningCores() >= 2 && executors() == 2);
        return running;
    }

    private int executors() {
        var busy = page().json().getAsJsonArray("workers");
        int count = 0;
        for (var worker : busy) {
            if (worker.getAsJsonObject().get("coresused").getAsInt() > 0) {
                count++;
            }
        }
        return count;
    }

    /** A line for each machine in the manager's list: its name and its state. */
    private static String nodes() {
        return TestMachines.sh(ALPHA, "docker node ls --format '{{.Hostname}} {{.Status}}'")
                .text();
    }

    private static String machine(String name, String line) {
        return TestMachines.sh(name, line).text().strip();
    }

    private List<String> allWorkers() {
        return TestMachines.ADDRESS.keySet().stream()
                .flatMap(machine -> TestMachines.tasks(machine, workers()).stream())
                .toList();
    }

    private String workers() {
        return stack.cluster() + "-worker";
    }

    private MasterPage page() {
        return new MasterPage(stack.uiPort());
    }
}
