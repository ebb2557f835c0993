package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** The life of one cluster whose executors Kubernetes gives; each test finds what the one before left. */
@Tag("live")
@Tag("kubernetes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesManagerTest {

    private static final Duration JOB = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String NAMESPACE = "spark-manager";
    private static final Path JOBS = Path.of("src", "test", "resources", "jobs");
    private static final EdgePod EDGE = new EdgePod(NAMESPACE, "spark-manager-edge-0");

    @TempDir
    private static Path folder;

    private LiveStack stack;

    @BeforeAll
    void up() throws IOException {
        stack = LiveStack.create("manager", folder);
        stack.configure(Map.of(
                "platform", "kubernetes",
                "clusterManager", "kubernetes",
                "kubernetes.context", "minikube",
                "kubernetes.cpuRequestPercent", "10"));
        stack.up();
        for (String job : List.of("session.py", "long.py", "shuffle.py", "idle.py", "rights.py")) {
            EDGE.copy(JOBS.resolve(job));
        }
        EDGE.copy(Path.of("examples", "jobs", "pi.py"));
    }

    @AfterAll
    void takeAway() {
        stack.close();
        EDGE.kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found").orFail();
    }

    @Test
    @Order(1)
    void thereIsAnEdgeNodeAndNothingElse() {
        JsonObject outputs = stack.outputs();

        assertThat(outputs.get("masterUrl").getAsString()).isEqualTo("k8s://https://kubernetes.default.svc:443");
        assertThat(outputs.keySet()).contains("driverUiUrl").doesNotContain("masterUiUrl");
        assertThat(outputs.getAsJsonArray("workers")).isEmpty();
        assertThat(outputs.getAsJsonObject("smokeTest").keySet()).containsExactly("job", "result", "seconds");
        Shell.await(
                "the smoke test's executors are gone", SOON, () -> EDGE.pods().equals(List.of(EDGE.name())));
    }

    @Test
    @Order(2)
    void aSecondUpChangesNothing() {
        stack.upWithoutChanges();
    }

    @Test
    @Order(3)
    void aJobHasExecutorsAsLongAsItRuns() {
        assertThat(EDGE.run("spark-submit", "/workspace/pi.py", "4").orFail().text())
                .containsPattern("Pi is roughly 3\\.1");

        Shell.await("its executors are gone", SOON, () -> EDGE.pods("executor").isEmpty());
    }

    @Test
    @Order(3)
    void executorsStartFromTheArchiveOfClasses() throws IOException {
        EDGE.shell().startsExecutorsFromTheArchiveOfClasses();

        Shell.await("its executors are gone", SOON, () -> EDGE.pods("executor").isEmpty());
    }

    @Test
    @Order(3)
    void theTourSaysWhatIsTrueHere() {
        EDGE.shell().takesTheTour("Kubernetes");

        Shell.await("its executors are gone", SOON, () -> EDGE.pods("executor").isEmpty());
    }

    @Test
    @Tag("nightly")
    @Order(4)
    void twoSessionsWorkAtATime() throws IOException {
        Path one = folder.resolve("one.log");
        Path two = folder.resolve("two.log");
        var first = EDGE.start(one, "spark-submit", "/workspace/session.py", "one", "two");
        var second = EDGE.start(two, "spark-submit", "/workspace/session.py", "two", "one");

        Shell.await("both have an executor", SOON, () -> EDGE.pods("executor").size() == 2);
        Shell.await("both end", JOB, () -> !first.isAlive() && !second.isAlive());
        for (Path log : List.of(one, two)) {
            assertThat(Files.readString(log)).contains("SUM 4950", "AGAIN 4950");
        }
        assertThat(List.of(first.exitValue(), second.exitValue())).containsExactly(0, 0);
        Shell.await(
                "their executors are gone", SOON, () -> EDGE.pods("executor").isEmpty());
    }

    @Test
    @Tag("nightly")
    @Order(5)
    void idleExecutorsGoAndComeBackWithTheNextJob() {
        assertThat(EDGE.run("spark-submit", "/workspace/idle.py").orFail().text())
                .contains("FIRST [(0, 2450), (1, 2500)] 1", "IDLE", "AGAIN [(0, 2450), (1, 2500)] 1");
    }

    @Test
    @Tag("nightly")
    @Order(6)
    void anExecutorThatIsTakenAwayHandsItsShuffleBlocksOver() throws IOException {
        Path log = folder.resolve("shuffle.log");
        var running = EDGE.start(
                log,
                "spark-submit",
                "--conf",
                "spark.dynamicAllocation.enabled=false",
                "--conf",
                "spark.executor.instances=2",
                "/workspace/shuffle.py");
        Shell.await(
                "the reduce stage runs", SOON, () -> text(log).matches("(?s).*Starting task \\S+ in stage 1\\.0.*"));

        EDGE.kubectl("delete", "pod", EDGE.pods("executor").get(0)).orFail();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        assertThat(running.exitValue()).as(text(log)).isZero();
        ShuffleHandover.of(text(log)).assertComplete();
        assertThat(text(log))
                .contains("RESULT [(0, 10000), (1, 10000), (2, 10000), (3, 10000), (4, 10000), (5, 10000)]")
                .contains("STAGES [(0, 0), (1, 0)]");
    }

    @Test
    @Order(7)
    void executorsEndWithTheEdgePodAndTheirPageWasReachedThroughTheTunnel() throws IOException {
        var tunnel = Shell.start(
                folder,
                Map.of(),
                folder.resolve("tunnel.log"),
                "bash",
                "-c",
                stack.outputs().get("tunnel").getAsString());
        EDGE.start(folder.resolve("long.log"), "spark-submit", "/workspace/long.py");
        Shell.await("the application's page answers", SOON, () -> page("/api/v1/applications")
                .contains("long.py"));
        Shell.await("it has an executor", SOON, () -> !EDGE.pods("executor").isEmpty());
        tunnel.destroy();

        EDGE.kubectl("delete", "pod", EDGE.name()).orFail();

        Shell.await("the executor is gone", SOON, () -> EDGE.pods("executor").isEmpty());
        EDGE.awaitReady();
    }

    @Test
    @Tag("nightly")
    @Order(8)
    void aPythonJobRunsInClusterMode() {
        EDGE.run("spark-submit", "--deploy-mode", "cluster", "local:///workspace/pi.py", "4")
                .orFail();

        var drivers = EDGE.pods("driver");
        assertThat(drivers).hasSize(1);
        assertThat(EDGE.kubectl("logs", drivers.get(0)).orFail().text()).containsPattern("Pi is roughly 3\\.1");
        Shell.await("its executors are gone", SOON, () -> EDGE.pods("executor").isEmpty());
    }

    @Test
    @Order(9)
    void bothSecretsAreNowhereInClearWhileAnApplicationRuns() throws IOException {
        String token = stack.secret("jupyterToken");
        String auth =
                EDGE.run("cat", "/run/spark-cluster/spark-auth/secret").orFail().text();
        assertThat(token).hasSizeGreaterThan(30);
        assertThat(auth).hasSizeGreaterThan(30);
        EDGE.copy(JOBS.resolve("held.py"));
        EDGE.run("mkdir", "-p", "/workspace/events").orFail();
        Path log = folder.resolve("held.log");
        var running = EDGE.start(
                log,
                "spark-submit",
                "--conf",
                "spark.eventLog.enabled=true",
                "--conf",
                "spark.eventLog.compress=false",
                "--conf",
                "spark.eventLog.dir=file:/workspace/events",
                "/workspace/held.py");
        Shell.await("a task runs", JOB, () -> text(log).contains("Starting task 0.0 in stage 0.0"));
        String executor = EDGE.pods("executor").get(0);
        var places = new ArrayList<>(List.of(
                EDGE.kubectl("get", "statefulsets,pods,services,configmaps,events", "--output", "yaml"),
                inside(executor, "cat /proc/[0-9]*/cmdline"),
                inside(executor, "cat /proc/[0-9]*/environ"),
                inside(EDGE.name(), "cat /proc/[0-9]*/cmdline"),
                inside(EDGE.name(), "find /workspace/events -type f -exec cat {} +")));
        // With them the driver of a job in cluster mode, where one has run.
        EDGE.pods().forEach(pod -> places.add(EDGE.kubectl("logs", pod)));

        for (Shell.Result place : places) {
            assertThat(place.orFail().text()).isNotEmpty().doesNotContain(token).doesNotContain(auth);
        }
        assertThat(text(log)).doesNotContain(token).doesNotContain(auth);
        EDGE.run("touch", "/workspace/enough").orFail();
        Shell.await("the job ends", JOB, () -> !running.isAlive());
        assertThat(running.exitValue()).as(text(log)).isZero();
        assertThat(text(log)).contains("VARIABLES [[], []]");
        Shell.await("its executors are gone", SOON, () -> EDGE.pods("executor").isEmpty());
    }

    /** What a line of shell says in a pod; a process that ends while its entry is read is no failure. */
    private static Shell.Result inside(String pod, String line) {
        return EDGE.kubectl("exec", pod, "--", "sh", "-c", "{ " + line + "; } 2>/dev/null || true");
    }

    @Test
    @Order(10)
    void theEdgeNodeMayStartPodsAndReadNothingElse() {
        assertThat(EDGE.run("python3", "/workspace/rights.py", NAMESPACE)
                        .orFail()
                        .text())
                .contains("{\"pods\": 200, \"secrets\": 403, \"elsewhere\": 403, \"nodes\": 403}");
    }

    @Test
    @Order(11)
    void destroyEndsARunningJobOfClusterModeAndLeavesTheWorkspaceOnly() {
        EDGE.run(
                        "spark-submit",
                        "--deploy-mode",
                        "cluster",
                        "--conf",
                        "spark.kubernetes.submission.waitAppCompletion=false",
                        "local:///workspace/long.py")
                .orFail();
        Shell.await(
                "the job has an executor", SOON, () -> !EDGE.pods("executor").isEmpty());

        stack.destroy();

        Shell.await("all pods are gone", SOON, () -> EDGE.pods().isEmpty());
        Shell.await("what Spark made for the job is gone", SOON, () -> remains()
                .equals(List.of("persistentvolumeclaim/spark-manager-workspace")));
    }

    /** All but what every namespace has of itself. */
    private static List<String> remains() {
        return EDGE.kubectl(
                        "get",
                        "all,configmaps,secrets,serviceaccounts,roles,rolebindings,networkpolicies,persistentvolumeclaims",
                        "--output",
                        "name")
                .orFail()
                .text()
                .lines()
                .filter(line -> !line.equals("configmap/kube-root-ca.crt") && !line.equals("serviceaccount/default"))
                .toList();
    }

    private String page(String path) {
        try {
            return MasterPage.get("http://127.0.0.1:" + stack.uiPort() + path).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }
}
