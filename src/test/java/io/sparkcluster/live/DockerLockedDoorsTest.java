package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster whose secrets were renewed, seen by those who have no business there, while an application runs on it: a container in its network without the
 * secret or with the last one, a container in another network, and a page of another site in the browser of the cluster's user.
 */
@Tag("live")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedCluster.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerLockedDoorsTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    /** Spark asks a master that does not let it register three times, for 20 s each. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(4);

    private static final String ELSEWHERE = "sparkdoors-elsewhere";
    private static final String INSIDE = "sparkdoors-inside";
    private static final String OUTSIDE = "sparkdoors-outside";

    @TempDir
    private static Path folder;

    private LiveStack stack;
    private EdgeShell edge;
    private String lastToken = "";
    private String lastSecret = "";
    private String token = "";
    private String secret = "";
    private Optional<Process> application = Optional.empty();

    /** Drivers without the secret and with the last one, by the file in which they say how it went. */
    private final Map<Path, Process> strangers = new TreeMap<>();

    @BeforeAll
    void up(LiveStack shared) throws IOException {
        stack = shared;
        edge = new EdgeShell(Map.of(), () -> List.of("docker", "exec", stack.node("edge")));
        stack.configure(Map.of("workers.count", "1", "smokeTest", "false"));
        stack.up();
        lastToken = stack.secret("jupyterToken");
        lastSecret = sparkSecret();
        stack.configure(Map.of("security.generation", "2"));
        stack.up();
        token = stack.secret("jupyterToken");
        secret = sparkSecret();
        for (String each : List.of(token, secret, lastToken, lastSecret)) {
            assertThat(each).hasSizeGreaterThan(30);
        }
        startApplication();
        startStrangers();
    }

    private String sparkSecret() {
        return edge.run("cat", "/run/spark-cluster/spark-auth/secret").orFail().text();
    }

    private void startApplication() throws IOException {
        edge.job("held.py");
        edge.run("mkdir", "/workspace/events").orFail();
        application = Optional.of(edge.start(
                folder.resolve("held.log"),
                "spark-submit",
                "--conf",
                "spark.eventLog.enabled=true",
                "--conf",
                "spark.eventLog.compress=false",
                "--conf",
                "spark.eventLog.dir=file:/workspace/events",
                "/workspace/held.py"));
        Shell.await(
                "a task of the application runs",
                SOON,
                () -> page().runsStage(0) && arguments("worker-1").contains("pyspark.daemon"));
    }

    /** Two that are in the cluster's network, which is more than a stranger has, and one that is in another. */
    private void startStrangers() throws IOException {
        String image = Shell.docker("inspect", "--format", "{{.Config.Image}}", stack.node("edge"))
                .orFail()
                .text()
                .strip();
        Shell.docker("network", "create", ELSEWHERE).orFail();
        for (var place : Map.of(INSIDE, stack.cluster(), OUTSIDE, ELSEWHERE).entrySet()) {
            Shell.docker(
                            "run",
                            "--detach",
                            "--rm",
                            "--name",
                            place.getKey(),
                            "--network",
                            place.getValue(),
                            "--entrypoint",
                            "sleep",
                            image,
                            "1800")
                    .orFail();
        }
        copy(INSIDE, "doors.py");
        copy(INSIDE, "reach.py");
        copy(OUTSIDE, "reach.py");
        String job = "from pyspark.sql import SparkSession; SparkSession.builder.getOrCreate().range(1).count()";
        put(INSIDE, "job.py", job);
        startStranger("without.log", "spark.authenticate=false");
        startStranger(
                "last.log",
                "spark.authenticate=true",
                "spark.authenticate.secret=" + lastSecret,
                "spark.network.crypto.enabled=true",
                "spark.network.crypto.saslFallback=false",
                "spark.network.crypto.cipher=AES/GCM/NoPadding");
    }

    private void startStranger(String log, String... properties) throws IOException {
        var command = new ArrayList<>(List.of(
                "docker",
                "exec",
                INSIDE,
                "spark-submit",
                "--master",
                "spark://" + stack.node("master") + ":7077",
                "--conf",
                "spark.ui.enabled=false",
                "--driver-memory",
                "512m"));
        for (String property : properties) {
            command.addAll(List.of("--conf", property));
        }
        command.add("/tmp/job.py");
        strangers.put(
                folder.resolve(log),
                Shell.start(Path.of("."), Map.of(), folder.resolve(log), command.toArray(String[]::new)));
    }

    @AfterAll
    void takeAway() {
        Shell.docker("rm", "--force", INSIDE, OUTSIDE);
        Shell.docker("network", "rm", ELSEWHERE);
        // Whatever failed, the application gives its cores back.
        edge.run("touch", "/workspace/enough");
    }

    @Test
    @Order(1)
    void lastGenerationsLabTokenIsRefused() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + stack.labPort() + "/api/contents";

        assertThat(MasterPage.get(address, "Authorization", "token " + lastToken)
                        .statusCode())
                .isEqualTo(403);
        assertThat(MasterPage.get(address + "?token=" + lastToken).statusCode()).isEqualTo(403);
        assertThat(MasterPage.get(address, "Authorization", "token " + token).statusCode())
                .isEqualTo(200);
    }

    /** Everything of Spark that listens: the master, the worker, the executor, and the driver's two ports. */
    @Test
    @Order(2)
    void everyDoorOfSparkAsksForTheSecretOfToday() throws IOException, InterruptedException {
        var doors = new ArrayList<>(
                List.of(stack.node("master") + ":7077", stack.node("edge") + ":7100", stack.node("edge") + ":7200"));
        var worker = aliveWorker();
        doors.add(worker.get("host").getAsString() + ":" + worker.get("port").getAsInt());
        for (var executor : JsonParser.parseString(page().api("/executors")).getAsJsonArray()) {
            if (!executor.getAsJsonObject().get("id").getAsString().equals("driver")) {
                doors.add(executor.getAsJsonObject().get("hostPort").getAsString());
            }
        }
        assertThat(doors).hasSize(5);

        var command = new ArrayList<>(List.of(
                "exec",
                INSIDE,
                "spark-submit",
                "--driver-memory",
                "512m",
                "/tmp/doors.py",
                "without=",
                "last=" + lastSecret,
                "today=" + secret,
                "--"));
        command.addAll(doors);
        String said = Shell.docker(command.toArray(String[]::new)).orFail().text();

        for (String door : doors) {
            assertThat(said.lines())
                    .contains("today " + door + " in")
                    .anyMatch(
                            line -> line.startsWith("without " + door + " out: ") && line.contains("Unknown challenge"))
                    .anyMatch(line ->
                            line.startsWith("last " + door + " out: ") && line.contains("Authentication failed"));
        }
    }

    @Test
    @Order(3)
    void aContainerInAnotherNetworkReachesNothing() {
        var doors = new ArrayList<String>();
        for (String node : List.of("master", "worker-1", "edge")) {
            String address = address(stack.node(node));
            var ports = ListenPorts.open(inside(node, ListenPorts.COMMAND));
            assertThat(ports).as(node).isNotEmpty();
            ports.forEach(port -> doors.add(address + ":" + port));
        }
        assertThat(doors)
                .hasSizeGreaterThanOrEqualTo(8)
                .contains(address(stack.node("master")) + ":7077", address(stack.node("edge")) + ":8888");

        assertThat(reached(INSIDE, doors)).containsExactlyElementsOf(doors);
        assertThat(reached(OUTSIDE, doors)).isEmpty();
    }

    /** Where a container finds this machine itself. */
    @Test
    @Order(4)
    void aContainerReachesNeitherPublishedPage() {
        for (String stranger : List.of(INSIDE, OUTSIDE)) {
            String machine = Shell.docker(
                            "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}", stranger)
                    .orFail()
                    .text()
                    .strip();
            assertThat(machine).isNotEmpty();

            assertThat(reached(stranger, List.of(machine + ":" + stack.uiPort(), machine + ":" + stack.labPort())))
                    .as(stranger)
                    .isEmpty();
        }
    }

    @Test
    @Order(5)
    void theMastersRestServerIsClosed() {
        String master = stack.node("master");

        assertThat(reached(INSIDE, List.of(master + ":6066", master + ":7077"))).containsExactly(master + ":7077");
    }

    @Test
    @Order(6)
    void noSecretIsSeenWhileAnApplicationRuns() throws IOException, InterruptedException {
        var places = new TreeMap<String, String>();
        for (String node : List.of("master", "worker-1", "edge")) {
            String name = stack.node(node);
            places.put(
                    "description of " + node,
                    Shell.docker("inspect", name).orFail().text());
            places.put("log of " + node, Shell.docker("logs", name).orFail().text());
            places.put("arguments on " + node, arguments(node));
            places.put("first process of " + node, inside(node, "cat", "/proc/1/environ"));
        }
        assertThat(places.get("arguments on worker-1")).contains("CoarseGrainedExecutorBackend", "pyspark.daemon");
        String application = page().application();
        String worker = aliveWorker().get("id").getAsString();
        for (String path : List.of(
                "/",
                "/environment/",
                "/app/?appId=" + application,
                "/proxy/" + worker + "/",
                "/proxy/" + worker + "/logPage/?appId=" + application + "&executorId=0&logType=stderr",
                "/proxy/" + application + "/environment/",
                "/proxy/" + application + "/executors/",
                "/proxy/" + application + "/api/v1/applications/" + application + "/environment")) {
            places.put("page " + path, page().text(path));
        }
        assertThat(places.get("page /proxy/" + application + "/api/v1/applications/" + application + "/environment"))
                .contains("spark.authenticate.secret");
        places.put("log of the executor", inside("worker-1", "sh", "-c", "cd /scratch && cat work/app-*/0/std*"));
        places.put("event log", inside("edge", "sh", "-c", "find /workspace/events -type f -exec cat {} +"));
        assertThat(places.get("event log")).contains("SparkListenerEnvironmentUpdate");
        places.put("log of the driver", Files.readString(folder.resolve("held.log")));

        assertThat(places).allSatisfy((place, text) -> assertThat(text)
                .as(place)
                .isNotEmpty()
                .doesNotContain(secret)
                .doesNotContain(token));
    }

    /** What Spark's pages offer to end something with; each is sent as a page of another site would have the user's browser send it. */
    @Test
    @Order(7)
    void aPageOfAnotherSiteEndsNothing() throws IOException, InterruptedException {
        String application = page().application();
        String driver = "/proxy/" + application;
        assertThat(page().text("/")).contains(application).doesNotContain("/kill");
        assertThat(page().text(driver + "/jobs/")).doesNotContain("/kill");

        for (String path : List.of("/app/kill/", "/driver/kill/")) {
            page().postFromAnotherSite(path, "id=" + application + "&terminate=true");
        }
        page().postFromAnotherSite("/workers/kill/", "host=" + stack.node("worker-1"));
        for (String path : List.of("/jobs/job/kill/?id=0", "/stages/stage/kill/?id=0&terminate=true")) {
            page().getFromAnotherSite(driver + path);
            page().postFromAnotherSite(driver + path, "");
        }

        assertThat(page().application()).isEqualTo(application);
        assertThat(page().alive()).isEqualTo(1);
        assertThat(page().runsStage(0)).isTrue();
    }

    @Test
    @Order(8)
    void theMasterRegisteredTheOneApplicationThatKnowsTheSecret() throws IOException {
        edge.run("touch", "/workspace/enough").orFail();
        Shell.await(
                "the application ends", SOON, () -> !application.orElseThrow().isAlive());
        String said = Files.readString(folder.resolve("held.log"));
        assertThat(application.orElseThrow().exitValue()).as(said).isZero();
        assertThat(said).contains("VARIABLES [[], []]");

        for (var stranger : strangers.entrySet()) {
            Shell.await(stranger.getKey() + " ends", GIVEN_UP, () -> !stranger.getValue()
                    .isAlive());
            String reason = Files.readString(stranger.getKey());
            assertThat(stranger.getValue().exitValue()).as(reason).isNotZero();
            assertThat(reason).contains("All masters are unresponsive");
        }
        assertThat(page().json().getAsJsonArray("completedapps")).hasSize(1);
        assertThat(page().json().getAsJsonArray("activeapps")).isEmpty();
    }

    private static void copy(String container, String job) throws IOException {
        put(container, job, Files.readString(Path.of("src", "test", "resources", "jobs", job)));
    }

    private static void put(String container, String name, String text) {
        Shell.docker(
                        "exec",
                        container,
                        "python3",
                        "-c",
                        "import sys; open('/tmp/' + sys.argv[1], 'w').write(sys.argv[2])",
                        name,
                        text)
                .orFail();
    }

    /** Those of some addresses at which something answers, seen from a container. */
    private static List<String> reached(String container, List<String> addresses) {
        var command = new ArrayList<>(List.of("exec", container, "python3", "/tmp/reach.py"));
        command.addAll(addresses);
        var said = new ArrayList<>(Shell.docker(command.toArray(String[]::new))
                .orFail()
                .text()
                .lines()
                .toList());
        assertThat(said.remove(said.size() - 1)).isEqualTo("TRIED " + addresses.size());
        return said;
    }

    private String arguments(String node) {
        return Shell.docker("top", stack.node(node), "-eo", "pid,args").orFail().text();
    }

    private static String address(String container) {
        return Shell.docker(
                        "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", container)
                .orFail()
                .text()
                .strip();
    }

    /** What a command in a node's container says. */
    private String inside(String node, String... command) {
        var all = new ArrayList<>(List.of("exec", stack.node(node)));
        all.addAll(List.of(command));
        return Shell.docker(all.toArray(String[]::new)).orFail().text();
    }

    private MasterPage page() {
        return new MasterPage(stack.uiPort());
    }

    /** The master also lists workers that were replaced. */
    private JsonObject aliveWorker() {
        return page().json().getAsJsonArray("workers").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(worker -> worker.get("state").getAsString().equals("ALIVE"))
                .findFirst()
                .orElseThrow();
    }
}
