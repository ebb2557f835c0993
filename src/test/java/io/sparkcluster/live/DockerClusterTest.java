package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sparkcluster.model.Versions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** The life of one cluster on a real engine, from the first {@code up} to the last {@code destroy}; each test finds what the one before left. */
@Tag("live")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerClusterTest {

    private static final Duration JOB = Duration.ofMinutes(4);

    @TempDir
    private static Path folder;

    private LiveStack stack;

    @BeforeAll
    void up() {
        stack = LiveStack.create("life", folder);
        stack.up();
    }

    @AfterAll
    void takeAway() {
        stack.close();
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
        JsonArray workers = master().getAsJsonArray("workers");

        assertThat(workers).hasSize(2).allSatisfy(worker -> {
            assertThat(worker.getAsJsonObject().get("state").getAsString()).isEqualTo("ALIVE");
            String page = "http://127.0.0.1:" + stack.uiPort() + "/proxy/"
                    + worker.getAsJsonObject().get("id").getAsString() + "/";
            assertThat(get(page).body()).contains("Spark Worker at");
        });
    }

    @Test
    @Order(4)
    void jupyterLabWantsItsToken() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + stack.labPort() + "/api/contents";

        assertThat(get(address).statusCode()).isEqualTo(403);
        assertThat(get(address, "Authorization", "token wrong").statusCode()).isEqualTo(403);
        assertThat(get(address, "Authorization", "token " + stack.secret("jupyterToken"))
                        .body())
                .contains("linear-regression.ipynb");
    }

    @Test
    @Order(5)
    void submitsAJob() throws IOException {
        copyToWorkspace(Path.of("examples", "jobs", "pi.py"), "pi.py");

        assertThat(edge("spark-submit", "/workspace/pi.py", "4").orFail().text())
                .containsPattern("Pi is roughly 3\\.1");
    }

    @Test
    @Order(6)
    void runsTheNotebook() {
        String notebook = notebook("linear-regression.ipynb");

        edge("jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "/tmp", notebook)
                .orFail();
    }

    @Test
    @Order(7)
    void filesGoBothWaysAndBelongToTheSameUser() throws IOException {
        job("files.py", """
                import os
                from pyspark.sql import SparkSession
                spark = SparkSession.builder.getOrCreate()
                assert spark.sparkContext.master == "spark://spark-life-master:7077", spark.sparkContext.master
                open("/workspace/from-edge.csv", "w").write("a,b\\n1,2\\n3,4\\n")
                rows = spark.read.csv("file:/workspace/from-edge.csv", header=True).count()
                spark.range(100).repartition(4).write.mode("overwrite").parquet("file:/workspace/from-executors")
                def write(part):
                    open(f"/workspace/part-{part}.txt", "w").write(str(part))
                    return os.getuid()
                owners = set(spark.sparkContext.parallelize(range(4), 4).map(write).collect())
                print("ROWS", rows, "OWNERS", owners, "ME", os.getuid())
                spark.stop()
                """);

        assertThat(edge("spark-submit", "/workspace/files.py").orFail().text()).contains("ROWS 2 OWNERS {185} ME 185");
        assertThat(edge("sh", "-c", "cat /workspace/part-3.txt && ls /workspace/from-executors")
                        .orFail()
                        .text())
                .contains("3", ".parquet", "_SUCCESS");
        edge("rm", "-r", "/workspace/from-executors", "/workspace/part-3.txt").orFail();
    }

    @Test
    @Order(8)
    void twoSessionsRunAtTheSameTime() throws IOException {
        job("session.py", """
                import sys, time, pathlib
                from pyspark.sql import SparkSession
                spark = SparkSession.builder.appName(sys.argv[1]).getOrCreate()
                print("SUM", spark.sparkContext.parallelize(range(100), 4).sum(), flush=True)
                mine = pathlib.Path("/workspace/session-" + sys.argv[1])
                other = pathlib.Path("/workspace/session-" + sys.argv[2])
                mine.touch()
                end = time.time() + 120
                while not other.exists():
                    if time.time() > end:
                        sys.exit("the other session had no result in 120 s")
                    time.sleep(0.2)
                print("AGAIN", spark.sparkContext.parallelize(range(100), 4).sum(), flush=True)
                spark.stop()
                """);

        String both = edge(
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
        job("long.py", """
                import time
                from pyspark.sql import SparkSession
                spark = SparkSession.builder.getOrCreate()
                def slow(part):
                    for x in part:
                        time.sleep(1)
                        yield x
                print("STARTED", flush=True)
                print("SUM", spark.sparkContext.parallelize(range(60), 12).mapPartitions(slow).sum(), flush=True)
                spark.stop()
                """);
        Path log = folder.resolve("long.log");
        var running = Shell.start(
                folder, Map.of(), log, "docker", "exec", stack.node("edge"), "spark-submit", "/workspace/long.py");
        Shell.await("the job runs on two executors", Duration.ofMinutes(2), () -> runningCores() == 2);

        Shell.docker("kill", stack.node("master")).orFail();
        Shell.docker("start", stack.node("master")).orFail();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        assertThat(text).contains("SUM 1770").doesNotContain("Lost executor");
        Shell.await("both workers are back", Duration.ofMinutes(2), () -> alive() == 2);
    }

    @Test
    @Order(10)
    void aWorkerThatLeavesHandsItsShuffleBlocksOver() throws IOException {
        stack.configure(Map.of("workers.count", "3"));
        var before = stack.containers();
        stack.up();
        assertThat(stack.containers()).containsAllEntriesOf(before).hasSize(4 + 1);
        job("shuffle.py", """
                import time
                from pyspark.sql import SparkSession
                spark = SparkSession.builder.config("spark.cores.max", 3).getOrCreate()
                sc = spark.sparkContext
                pairs = sc.parallelize(range(60000), 6).map(lambda x: (x % 6, "x" * 100)).groupByKey(24)
                def slow(part):
                    time.sleep(8)
                    for key, values in part:
                        yield key, len(list(values))
                print("RESULT", sorted(pairs.mapPartitions(slow).collect()), flush=True)
                print("STAGES", sorted((s, sc.statusTracker().getStageInfo(s).currentAttemptId) for s in (0, 1)), flush=True)
                spark.stop()
                """);
        Path log = folder.resolve("shuffle.log");
        var running = Shell.start(
                folder, Map.of(), log, "docker", "exec", stack.node("edge"), "spark-submit", "/workspace/shuffle.py");
        Shell.await("the job runs on all three workers", Duration.ofMinutes(2), () -> runningCores() == 3);
        Shell.await("the reduce stage runs", Duration.ofMinutes(2), () -> runsStage(1));

        stack.configure(Map.of("workers.count", "2"));
        stack.up();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        assertThat(text)
                .contains("RESULT [(0, 10000), (1, 10000), (2, 10000), (3, 10000), (4, 10000), (5, 10000)]")
                .contains("STAGES [(0, 0), (1, 0)]");
        assertThat(stack.containers()).isEqualTo(before);
    }

    @Test
    @Order(11)
    void oneWorkerIsEnoughAndTwoAreBackWithoutTouchingOtherNodes() {
        var before = stack.containers();

        stack.configure(Map.of("workers.count", "1"));
        stack.up();
        assertThat(stack.containers()).hasSize(3);
        Shell.await("one worker is alive", Duration.ofMinutes(1), () -> alive() == 1);
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
    @Order(13)
    void bothSecretsAreNowhereInClear() throws IOException {
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
                processes("master"),
                processes("worker-1"),
                processes("edge"),
                state())) {
            assertThat(place).isNotEmpty().doesNotContain(token).doesNotContain(auth);
        }
    }

    @Test
    @Order(14)
    void anotherGenerationMakesNewSecretsThatWork() {
        String token = stack.secret("jupyterToken");

        stack.configure(Map.of("security.generation", "2"));
        stack.up();

        assertThat(stack.secret("jupyterToken")).isNotEqualTo(token);
        stack.upWithoutChanges();
    }

    @Test
    @Order(15)
    void theWorkspaceOutlivesTheCluster() {
        String tour = notebook("cluster-tour.ipynb");
        edge("sh", "-c", "echo kept >/workspace/mine.txt && rm " + tour).orFail();

        stack.destroy();
        assertThat(stack.remains()).containsExactly("volume spark-life-workspace");
        stack.up();

        assertThat(edge("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        // What its user deleted stays deleted.
        assertThat(edge("test", "-e", tour).code()).isEqualTo(1);
    }

    @Test
    @Order(16)
    void aSecondClusterLivesBesideTheFirst(@TempDir Path other) {
        try (var second = LiveStack.create("beside", other)) {
            second.configure(Map.of("workers.count", "1"));
            var before = stack.containers();

            second.up();

            assertThat(stack.containers()).isEqualTo(before);
            assertThat(alive()).isEqualTo(2);
            second.destroy();
            assertThat(second.remains()).containsExactly("volume spark-beside-workspace");
            assertThat(stack.containers()).isEqualTo(before);
        }
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

    private String processes(String node) {
        return Shell.docker("top", stack.node(node), "-eo", "pid,args").orFail().text();
    }

    private String image(String node) {
        return Shell.docker("inspect", "--format", "{{.Image}}", stack.node(node))
                .orFail()
                .text()
                .strip();
    }

    private String state() throws IOException {
        try (var files = Files.walk(folder.resolve("state"))) {
            var all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private String notebook(String name) {
        String found = edge("find", "/workspace", "-name", name, "-not", "-path", "*/.*")
                .orFail()
                .text()
                .strip();
        assertThat(found).startsWith("/workspace/").hasLineCount(1);
        return found;
    }

    private Shell.Result edge(String... command) {
        var all = new String[command.length + 3];
        all[0] = "docker";
        all[1] = "exec";
        all[2] = stack.node("edge");
        System.arraycopy(command, 0, all, 3, command.length);
        return Shell.run(JOB, Path.of("."), Map.of(), all);
    }

    private void job(String name, String source) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, source);
        copyToWorkspace(file, name);
    }

    private void copyToWorkspace(Path file, String name) throws IOException {
        String content = Files.readString(file);
        edge("python3", "-c", "import sys; open('/workspace/' + sys.argv[1], 'w').write(sys.argv[2])", name, content)
                .orFail();
    }

    private JsonObject master() {
        try {
            return JsonParser.parseString(
                            get("http://127.0.0.1:" + stack.uiPort() + "/json/").body())
                    .getAsJsonObject();
        } catch (IOException e) {
            return new JsonObject();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long alive() {
        return master().has("aliveworkers") ? master().get("aliveworkers").getAsLong() : -1;
    }

    private int runningCores() {
        return master().has("coresused") ? master().get("coresused").getAsInt() : -1;
    }

    /** Asks the running application itself, through the master's reverse proxy. */
    private boolean runsStage(int stage) {
        JsonArray applications = master().getAsJsonArray("activeapps");
        if (applications == null || applications.isEmpty()) {
            return false;
        }
        String id = applications.get(0).getAsJsonObject().get("id").getAsString();
        try {
            String active = get("http://127.0.0.1:" + stack.uiPort() + "/proxy/" + id + "/api/v1/applications/" + id
                            + "/stages?status=active")
                    .body();
            return active.contains("\"stageId\" : " + stage + ",");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(String address, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
