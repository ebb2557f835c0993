package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
 * A cluster that scales itself, in a namespace that somebody else made and guards, through what happens to a Kubernetes cluster: each test finds
 * what the one before left. Needs the test bed, since it lets its API server hang and starts its node anew.
 */
@Tag("live")
@Tag("kubernetes")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesFaultsTest {

    private static final Duration JOB = Duration.ofMinutes(6);
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Duration CALM = Duration.ofMinutes(12);
    private static final int UI_PORT = 30870;
    private static final int LAB_PORT = 30888;
    private static final Path JOBS = Path.of("src", "test", "resources", "jobs");
    private static final EdgePod EDGE = new EdgePod("spark-faults", "spark-faults-edge-0");

    @TempDir
    private static Path folder;

    @TempDir
    private static Path imageless;

    private LiveStack stack;
    private LiveStack without;
    private Process withoutImage;
    private String node;

    @BeforeAll
    void up() throws IOException {
        kubectl("create", "namespace", EDGE.namespace());
        kubectl("label", "namespace", EDGE.namespace(), "pod-security.kubernetes.io/enforce=restricted");
        // Pods that are told of this service by variables would take its address for a port.
        EDGE.kubectl("create", "service", "clusterip", "spark-master", "--tcp=7077")
                .orFail();
        node = kubectl(
                "get", "nodes", "--output", "jsonpath={.items[0].status.addresses[?(@.type=='InternalIP')].address}");
        waitForAnImageThatIsNotThere();
        stack = LiveStack.create("faults", folder);
        stack.configure(Map.ofEntries(
                Map.entry("platform", "kubernetes"),
                Map.entry("kubernetes.context", "minikube"),
                Map.entry("kubernetes.namespace", EDGE.namespace()),
                Map.entry("kubernetes.createNamespace", "false"),
                Map.entry("kubernetes.cpuRequestPercent", "10"),
                Map.entry("kubernetes.exposure", "nodePort"),
                Map.entry("security.publishAddress", node),
                Map.entry("master.uiPort", Integer.toString(UI_PORT)),
                Map.entry("edge.port", Integer.toString(LAB_PORT)),
                Map.entry("workers.count", "1"),
                Map.entry("workers.autoscale.max", "2")));
        stack.up();
        EDGE.copy(JOBS.resolve("busy.py"));
        EDGE.copy(JOBS.resolve("shuffle.py"));
    }

    /** Its time-out is long, and passes meanwhile. */
    private void waitForAnImageThatIsNotThere() throws IOException {
        without = LiveStack.create("imageless", imageless);
        without.configure(Map.of(
                "platform", "kubernetes",
                "kubernetes.context", "minikube",
                "kubernetes.cpuRequestPercent", "10",
                "images.sparkMaster", "127.0.0.1:9/team/spark-master:1"));
        withoutImage = without.startUp(imageless.resolve("up.log"));
    }

    @AfterAll
    void takeAway() {
        without.close();
        stack.close();
        kubectl("delete", "namespace", EDGE.namespace(), "spark-imageless", "--ignore-not-found");
    }

    @Test
    @Order(1)
    void bothPagesAreOnPortsOfTheNode() {
        var outputs = stack.outputs();

        assertThat(outputs.get("jupyterUrl").getAsString()).isEqualTo("http://" + node + ":" + LAB_PORT);
        assertThat(MasterPage.status("http://" + node + ":" + LAB_PORT + "/api/contents"))
                .isEqualTo(403);
        assertThat(page().alive()).isPositive();
        assertThat(outputs.has("tunnel")).isFalse();
    }

    @Test
    @Order(2)
    void aServiceOfThatNameDoesNotDisturbIt() {
        assertThat(EDGE.run("printenv").orFail().text()).doesNotContain("SPARK_MASTER_PORT");
    }

    @Test
    @Order(3)
    void moreLoadBringsMoreWorkers() throws IOException {
        Path log = folder.resolve("busy.log");
        var running = EDGE.start(log, "spark-submit", "/workspace/busy.py");

        Shell.await("a second worker is alive", SOON, () -> page().alive() == 2);
        // Until its pod is ready, an update would wait for it.
        Shell.await("the second worker is ready", SOON, () -> EDGE.kubectl(
                        "get", "statefulset/spark-faults-worker", "--output", "jsonpath={.status.readyReplicas}")
                .text()
                .equals("2"));

        // The number of workers is not the stack's any more.
        stack.upWithoutChanges();
        EDGE.run("touch", "/workspace/enough").orFail();
        Shell.await("the job ends", JOB, () -> !running.isAlive());
        assertThat(Files.readString(log)).contains("DONE 2");
    }

    @Test
    @Order(4)
    void anEvictedWorkerHandsItsShuffleBlocksOver() throws IOException {
        Path log = folder.resolve("shuffle.log");
        var running = EDGE.start(log, "spark-submit", "/workspace/shuffle.py");
        Shell.await("the job runs on both workers", SOON, () -> page().runningCores() >= 3);
        Shell.await("the reduce stage runs", SOON, () -> page().runsStage(1));

        Path eviction = folder.resolve("eviction.json");
        Files.writeString(eviction, """
                {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "spark-faults-worker-1", "namespace": "spark-faults"}}
                """);
        kubectl(
                "create",
                "--raw",
                "/api/v1/namespaces/spark-faults/pods/spark-faults-worker-1/eviction",
                "--filename",
                eviction.toString());

        Shell.await("the job ends", JOB, () -> !running.isAlive());
        String text = Files.readString(log);
        assertThat(running.exitValue()).as(text).isZero();
        ShuffleHandover.of(text).assertComplete();
        assertThat(text).contains("RESULT [(0, 10000), (1, 10000), (2, 10000), (3, 10000), (4, 10000), (5, 10000)]");
    }

    @Test
    @Order(5)
    void anUpOutlastsAnApiServerThatIsAwayForAMinute() throws IOException {
        Path log = folder.resolve("up.log");
        var before = EDGE.identities();
        stack.configure(Map.of("sparkConf.spark.sql.shuffle.partitions", "8"));
        var up = stack.startUp(log);
        Shell.await("the edge node is being replaced", SOON, () -> !before.get(EDGE.name())
                .equals(EDGE.identities().get(EDGE.name())));

        testbed("hang", "kube-apiserver", "60");

        Shell.await("up ends", JOB, () -> !up.isAlive());
        assertThat(up.exitValue()).as(Files.readString(log)).isZero();
        stack.upWithoutChanges();
    }

    @Test
    @Order(6)
    void theClusterIsThereAgainAfterItsNodeWasStartedAnew() {
        EDGE.run("sh", "-c", "echo kept >/workspace/mine.txt").orFail();

        testbed("down", "--keep");
        testbed("up");

        // Until its recovery ends, a restarted master reports the workers that it had before.
        Shell.await("the master leads", SOON, () -> page().leads());
        Shell.await("a worker is alive", SOON, () -> page().alive() >= 1);
        EDGE.awaitReady();
        assertThat(EDGE.run("cat", "/workspace/mine.txt").orFail().text()).isEqualTo("kept\n");
        assertThat(EDGE.run("spark-submit", "/workspace/busy.py").orFail().text())
                .contains("DONE 2");
        stack.upWithoutChanges();
    }

    @Test
    @Order(7)
    void anImageThatNoNodeCanGetIsNamedInOneLine() throws IOException {
        Shell.await("up gives up", JOB, () -> !withoutImage.isAlive());

        String said = Files.readString(imageless.resolve("up.log"));
        assertThat(withoutImage.exitValue()).as(said).isNotZero();
        assertThat(said.lines()).anySatisfy(line -> assertThat(line)
                .contains("spark-imageless-master", "image \"127.0.0.1:9/team/spark-master:1\"", "Image"));
        without.destroy();
    }

    @Test
    @Order(8)
    void lessLoadLeavesOneWorkerAgain() throws IOException {
        // The autoscaler waits for five calm minutes.
        Shell.await("one worker is left", CALM, () -> page().alive() == 1);

        EDGE.shell().submitsPi();
        stack.upWithoutChanges();
    }

    private MasterPage page() {
        return new MasterPage(node, UI_PORT);
    }

    private static String kubectl(String... arguments) {
        return EDGE.kubectl(arguments).orFail().text();
    }

    private static void testbed(String command, String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "testbed/kubernetes/" + command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Shell.run(JOB, Path.of("."), Map.of(), all).orFail();
    }
}
