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

/** The life of one cluster on a real Kubernetes cluster; each test finds what the one before left. */
@Tag("live")
@Tag("kubernetes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesClusterLiveTest {

    private static final Duration JOB = Duration.ofMinutes(4);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path JOBS = Path.of("src", "test", "resources", "jobs");
    private static final EdgePod EDGE = new EdgePod("spark-pods", "spark-pods-edge-0");

    @TempDir
    private static Path folder;

    private LiveStack stack;
    private Process tunnel;

    @BeforeAll
    void up() throws IOException {
        stack = LiveStack.create("pods", folder);
        stack.configure(Map.of(
                "platform", "kubernetes",
                "kubernetes.context", "minikube",
                "kubernetes.cpuRequestPercent", "10"));
        stack.up();
        openTunnel();
    }

    @AfterAll
    void takeAway() {
        tunnel.destroy();
        stack.close();
        EDGE.kubectl("delete", "namespace", EDGE.namespace(), "--ignore-not-found")
                .orFail();
    }

    /** The command that the outputs print, as a user runs it. */
    private void openTunnel() throws IOException {
        String command = stack.outputs().get("tunnel").getAsString();
        tunnel = Shell.start(
                folder,
                Map.of(),
                folder.resolve("tunnel.log"),
                "bash",
                "-c",
                "trap 'kill $(jobs -p)' TERM; " + command + " & wait");
        Shell.await("the master's page is reached through the tunnel", SOON, () -> page().alive() >= 0);
    }

    @Test
    @Order(1)
    void outputsSayWhereEverythingIs() {
        JsonObject outputs = stack.outputs();

        assertThat(outputs.get("masterUrl").getAsString())
                .isEqualTo("spark://spark-pods-master-0.spark-pods-master.spark-pods.svc.cluster.local:7077");
        assertThat(outputs.get("kubernetesContext").getAsString()).isEqualTo("minikube");
        assertThat(outputs.get("jupyterToken").getAsString()).isEqualTo("[secret]");
        assertThat(outputs.getAsJsonObject("smokeTest").keySet()).containsExactly("job", "result", "seconds");
        assertThat(page().alive()).isEqualTo(2);
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
        Shell.await("JupyterLab is reached through the tunnel", SOON, () -> MasterPage.status(address) == 403);

        assertThat(MasterPage.get(address, "Authorization", "token " + stack.secret("jupyterToken"))
                        .body())
                .contains("linear-regression.ipynb");
    }

    /** The one thing in its favour: it knows every address. What it is refused is let through between the cluster's own pods. */
    @Test
    @Order(4)
    void aPodOfAnotherNamespaceReachesNothing() throws IOException {
        String script = Files.readString(JOBS.resolve("reach.py"));
        var doors = new ArrayList<String>();
        for (String pod : EDGE.pods()) {
            String address = EDGE.kubectl("get", "pod", pod, "--output", "jsonpath={.status.podIP}")
                    .orFail()
                    .text();
            var listing = new ArrayList<>(List.of("exec", pod, "--container", "node", "--"));
            listing.addAll(List.of(ListenPorts.COMMAND));
            var ports = ListenPorts.open(
                    EDGE.kubectl(listing.toArray(String[]::new)).orFail().text());
            assertThat(ports).as(pod).isNotEmpty();
            ports.forEach(port -> doors.add(address + ":" + port));
        }
        assertThat(doors).hasSizeGreaterThanOrEqualTo(7);
        var look = new ArrayList<>(List.of("python3", "-c", script));
        look.addAll(doors);
        assertThat(EDGE.run(look.toArray(String[]::new)).orFail().text().lines())
                .containsAll(doors)
                .contains("TRIED " + doors.size());
        var stranger = new EdgePod("spark-pods-elsewhere", "stranger");
        String image = EDGE.kubectl("get", "pod", EDGE.name(), "--output", "jsonpath={.spec.containers[0].image}")
                .orFail()
                .text();
        stranger.kubectl("create", "namespace", stranger.namespace()).orFail();
        try {
            stranger.kubectl(
                            "run",
                            stranger.name(),
                            "--image=" + image,
                            "--image-pull-policy=Never",
                            "--restart=Never",
                            "--command",
                            "--",
                            "sleep",
                            "600")
                    .orFail();
            stranger.awaitReady();
            look.addAll(0, List.of("exec", stranger.name(), "--"));

            assertThat(stranger.kubectl(look.toArray(String[]::new))
                            .orFail()
                            .text()
                            .lines())
                    .containsExactly("TRIED " + doors.size());
        } finally {
            stranger.kubectl("delete", "namespace", stranger.namespace(), "--wait=false");
        }
    }

    @Test
    @Tag("nightly")
    @Order(4)
    void runsJobsAndTheNotebook() throws IOException {
        EDGE.shell().submitsPi();
        EDGE.shell().runsTheNotebook();
    }

    @Test
    @Order(5)
    void filesGoBothWaysAndBelongToTheSameUser() throws IOException {
        EDGE.shell().exchangesFiles();
    }

    @Test
    @Order(5)
    void jvmsStartFromTheArchiveOfClasses() throws IOException {
        EDGE.shell().startsJvmsFromTheArchiveOfClasses();
    }

    @Test
    @Order(6)
    void aJobSurvivesThatTheMastersPodIsDeleted() throws IOException {
        EDGE.copy(JOBS.resolve("long.py"));
        Path log = folder.resolve("long.log");
        var running = EDGE.start(log, "spark-submit", "/workspace/long.py");
        Shell.await("the job runs on two executors", SOON, () -> page().runningCores() == 2);
        // A master that dies before it has written down that an executor runs starts a second one of the same number.
        Shell.await("both executors work", SOON, () -> JobLog.tasksStarted(log) >= 2);

        EDGE.kubectl("delete", "pod", "spark-pods-master-0").orFail();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        JobLog.assertOutlivedItsMaster(
                text, EDGE.kubectl("logs", "spark-pods-master-0").orFail().text());
        tunnel.destroy();
        openTunnel();
        Shell.await("both workers are back", SOON, () -> page().alive() == 2);
    }

    @Test
    @Tag("nightly")
    @Order(7)
    void aWorkerThatIsTakenAwayHandsItsShuffleBlocksOver() throws IOException {
        var before = EDGE.identities();
        stack.configure(Map.of("workers.count", "3"));
        stack.up();
        assertThat(EDGE.identities()).containsAllEntriesOf(before).hasSize(5);
        Shell.await("three workers are alive", SOON, () -> page().alive() == 3);
        EDGE.copy(JOBS.resolve("shuffle.py"));
        Path log = folder.resolve("shuffle.log");
        var running = EDGE.start(log, "spark-submit", "/workspace/shuffle.py");
        Shell.await("the job runs on all three workers", SOON, () -> page().runningCores() == 3);
        Shell.await("the reduce stage runs", SOON, () -> page().runsStage(1));

        stack.configure(Map.of("workers.count", "2"));
        stack.up();

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        // An executor that asked before where blocks lie may still ask the worker that left; Spark then runs the
        // stage again. The number of its attempts says nothing here, the driver's log does.
        ShuffleHandover.of(text).assertComplete();
        assertThat(text).contains("RESULT [(0, 10000), (1, 10000), (2, 10000), (3, 10000), (4, 10000), (5, 10000)]");
        assertThat(EDGE.identities()).isEqualTo(before);
    }

    @Test
    @Order(8)
    void theWorkspaceIsThereAfterTheEdgePodWasDeletedDuringANotebook() throws IOException {
        EDGE.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();
        var notebook = EDGE.start(
                folder.resolve("notebook.log"),
                "jupyter",
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--output-dir",
                "/tmp",
                "/workspace/linear-regression.ipynb");
        Shell.await("the notebook has executors", SOON, () -> page().runningCores() > 0);

        EDGE.kubectl("delete", "pod", EDGE.name()).orFail();
        EDGE.awaitReady();

        Shell.await("the notebook has ended with its pod", SOON, () -> !notebook.isAlive());
        assertThat(EDGE.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        Shell.await("the workers are free again", SOON, () -> page().runningCores() == 0);
    }

    @Test
    @Order(9)
    void oneChangedSettingRollsOnlyWhatItIsAbout() {
        var before = EDGE.identities();

        // What follows runs a job of its own, or is about pods.
        stack.configure(Map.of("sparkConf.spark.sql.shuffle.partitions", "8", "smokeTest", "false"));
        stack.up();

        var after = EDGE.identities();
        assertThat(after.get("spark-pods-edge-0")).isNotEqualTo(before.get("spark-pods-edge-0"));
        before.remove("spark-pods-edge-0");
        assertThat(after).containsAllEntriesOf(before);
    }

    @Test
    @Order(10)
    void bothSecretsAreNowhereInClear() throws IOException {
        String token = stack.secret("jupyterToken");
        String auth =
                EDGE.run("cat", "/run/spark-cluster/spark-auth/secret").orFail().text();
        assertThat(token).hasSizeGreaterThan(30);

        for (String place : List.of(
                EDGE.kubectl("get", "statefulsets,pods,services,configmaps,events", "--output", "yaml")
                        .orFail()
                        .text(),
                EDGE.kubectl("logs", "spark-pods-master-0").orFail().text(),
                EDGE.kubectl("logs", "spark-pods-worker-0").orFail().text(),
                EDGE.kubectl("logs", EDGE.name()).orFail().text(),
                stack.state())) {
            assertThat(place).isNotEmpty().doesNotContain(token).doesNotContain(auth);
        }
    }

    @Test
    @Order(11)
    void theWorkspaceOutlivesTheCluster() throws IOException {
        tunnel.destroy();
        stack.destroy();
        assertThat(EDGE.kubectl(
                                "get",
                                "all,configmaps,secrets,networkpolicies,poddisruptionbudgets,persistentvolumeclaims",
                                "--selector",
                                "io.sparkcluster.cluster",
                                "--output",
                                "name")
                        .orFail()
                        .text()
                        .lines())
                .containsExactly("persistentvolumeclaim/spark-pods-workspace");

        stack.up();

        assertThat(EDGE.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        openTunnel();
    }

    @Test
    @Order(12)
    void upBringsBackWhatSomebodyRemovedScaledOrEdited() throws IOException {
        EDGE.kubectl("scale", "statefulset", "spark-pods-worker", "--replicas=0")
                .orFail();
        EDGE.kubectl("delete", "statefulset", "spark-pods-edge").orFail();
        EDGE.kubectl("delete", "service", "spark-pods-worker").orFail();
        EDGE.kubectl("delete", "secret", "spark-pods-jupyter-token").orFail();
        EDGE.kubectl("delete", "configmap", "spark-pods-edge-config").orFail();
        EDGE.kubectl(
                        "patch",
                        "configmap",
                        "spark-pods-worker-config",
                        "--patch",
                        "{\"data\": {\"SPARK_DEFAULTS\": \"spark.authenticate false\"}}")
                .orFail();
        EDGE.kubectl(
                        "patch",
                        "secret",
                        "spark-pods-spark-auth",
                        "--patch",
                        "{\"stringData\": {\"secret\": \"somebody's own\"}}")
                .orFail();
        String token = stack.secret("jupyterToken");

        stack.up();

        assertThat(EDGE.pods()).hasSize(4);
        EDGE.awaitReady();
        assertThat(EDGE.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        assertThat(EDGE.run("cat", "/run/spark-cluster/jupyter-token/secret")
                        .orFail()
                        .text())
                .isEqualTo(token);
        assertThat(EDGE.run("cat", "/run/spark-cluster/spark-auth/secret")
                        .orFail()
                        .text())
                .isNotEqualTo("somebody's own");
        assertThat(EDGE.kubectl("get", "configmap", "spark-pods-worker-config", "--output", "jsonpath={.data}")
                        .orFail()
                        .text())
                .contains("spark.authenticate true");
        EDGE.kubectl("get", "service", "spark-pods-worker").orFail();
        EDGE.shell().submitsPi();
        stack.upWithoutChanges();
    }

    /** Whatever becomes current: the objects stay where they are. */
    @Test
    @Order(13)
    void anotherContextIsRefusedWithBothNames() throws IOException {
        Path config = folder.resolve("kubeconfig");
        Files.writeString(
                config,
                EDGE.kubectl("config", "view", "--raw", "--minify").orFail().text());
        Shell.run(
                        SOON,
                        folder,
                        Map.of(),
                        "kubectl",
                        "--kubeconfig",
                        config.toString(),
                        "config",
                        "rename-context",
                        "minikube",
                        "elsewhere")
                .orFail();
        stack.configure(Map.of("kubernetes.context", "current", "kubernetes.kubeconfig", config.toString()));
        var before = EDGE.identities();

        assertThat(stack.failingUp())
                .contains("kubernetes.context: elsewhere is refused", "in the context minikube")
                .contains("pulumi config set --path kubernetes.context minikube");

        assertThat(EDGE.identities()).isEqualTo(before);
        stack.configure(Map.of("kubernetes.context", "minikube"));
        stack.unset("kubernetes.kubeconfig");
        stack.upWithoutChanges();
    }

    private MasterPage page() {
        return new MasterPage(stack.uiPort());
    }
}
