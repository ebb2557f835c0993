package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * Components of Kubernetes that crash under a job, and objects that somebody changes by hand. Needs the test bed, whose components it kills; each test
 * finds what the one before left.
 */
@Tag("live")
@Tag("kubernetes")
@Tag("faults")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesNodeFaultsTest {

    private static final Duration JOB = Duration.ofMinutes(6);
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final int UI_PORT = 30880;
    private static final int LAB_PORT = 30898;
    private static final Path JOBS = Path.of("src", "test", "resources", "jobs");
    private static final EdgePod EDGE = new EdgePod("spark-hfault", "spark-hfault-edge-0");
    private static final String WORKERS = "statefulset/spark-hfault-worker";

    @TempDir
    private static Path folder;

    private LiveStack stack;
    private String node;

    @BeforeAll
    void up() throws IOException {
        node = EDGE.kubectl(
                        "get",
                        "nodes",
                        "--output",
                        "jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}")
                .orFail()
                .text();
        stack = LiveStack.create("hfault", folder);
        stack.configure(Map.ofEntries(
                Map.entry("platform", "kubernetes"),
                Map.entry("kubernetes.context", "minikube"),
                Map.entry("kubernetes.cpuRequestPercent", "10"),
                Map.entry("kubernetes.exposure", "nodePort"),
                Map.entry("security.publishAddress", node),
                Map.entry("master.uiPort", Integer.toString(UI_PORT)),
                Map.entry("edge.port", Integer.toString(LAB_PORT)),
                Map.entry("workers.count", "1"),
                Map.entry("smokeTest", "false")));
        stack.up();
        EDGE.copy(JOBS.resolve("long.py"));
        EDGE.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();
    }

    @AfterAll
    void takeAway() {
        stack.close();
        EDGE.kubectl("delete", "namespace", EDGE.namespace(), "--ignore-not-found")
                .orFail();
    }

    @Test
    @Order(1)
    void aJobOutlastsThatTheKubeletCrashes() throws IOException {
        outlasts("kubelet");
    }

    @Test
    @Order(2)
    void aJobOutlastsThatTheApiServerCrashes() throws IOException {
        outlasts("kube-apiserver");
    }

    @Test
    @Order(3)
    void aJobOutlastsThatTheControllerManagerCrashes() throws IOException {
        outlasts("kube-controller-manager");
    }

    private void outlasts(String component) {
        String log = "/workspace/" + component + ".log";
        var before = EDGE.identities();
        // In the background there: the connection of kubectl goes through kubelet and API server and ends with them.
        EDGE.run("sh", "-c", "nohup spark-submit /workspace/long.py >" + log + " 2>&1 &")
                .orFail();
        Shell.await("the job runs", SOON, () -> page().runningCores() > 0);

        testbed("crash", component);
        testbed("up");

        Shell.await(
                "the job ends",
                JOB,
                () -> EDGE.run("grep", "-Eq", "SUM|Traceback", log).code() == 0);
        String text = EDGE.run("cat", log).orFail().text();
        assertThat(text).contains("SUM 1770").doesNotContain("Lost executor");
        assertThat(EDGE.identities()).isEqualTo(before);
        wellAgain();
    }

    @Test
    @Order(4)
    void upBringsBackAStatefulSetThatSomebodyDeleted() {
        EDGE.kubectl("delete", WORKERS).orFail();
        Shell.await("its pod is gone", SOON, () -> EDGE.pods("worker").isEmpty());

        stack.up();

        wellAgain();
    }

    @Test
    @Order(5)
    void upBringsBackWorkersThatSomebodyScaledAway() {
        EDGE.kubectl("scale", WORKERS, "--replicas=0").orFail();
        Shell.await("its pod is gone", SOON, () -> EDGE.pods("worker").isEmpty());

        stack.up();

        wellAgain();
    }

    private void wellAgain() {
        Shell.await("a worker is alive", SOON, () -> page().alive() == 1);
        EDGE.awaitReady();
        assertThat(EDGE.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        assertThat(MasterPage.status("http://" + node + ":" + LAB_PORT + "/api/contents"))
                .isEqualTo(403);
    }

    private MasterPage page() {
        return new MasterPage(node, UI_PORT);
    }

    private static void testbed(String command, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "testbed/kubernetes/" + command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Shell.run(JOB, Path.of("."), Map.of(), all).orFail();
    }
}
