package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where executors are pods, drivers on the edge node and drivers in pods of their own write into one history. */
@Tag("live")
@Tag("kubernetes")
@Tag("nightly")
class KubernetesHistoryTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String NAMESPACE = "spark-past";
    private static final EdgePod EDGE = new EdgePod(NAMESPACE, "spark-past-edge-0");

    @Test
    void driversOfBothKindsWriteIntoOneHistory(@TempDir Path folder) throws IOException {
        try (var stack = LiveStack.create("past", folder)) {
            stack.configure(Map.of(
                    "platform", "kubernetes",
                    "clusterManager", "kubernetes",
                    "kubernetes.context", "minikube",
                    "kubernetes.cpuRequestPercent", "10",
                    "history.enabled", "true",
                    "history.port", Integer.toString(LiveStack.freePort())));
            stack.up();
            EDGE.copy(Path.of("examples", "jobs", "pi.py"));
            var page = new HistoryPage(EDGE.shell(), "spark-past-history." + NAMESPACE + ".svc.cluster.local");
            assertThat(page.ended().values()).containsExactly("sparkcluster-smoke-test");

            EDGE.run("spark-submit", "--deploy-mode", "cluster", "local:///workspace/pi.py", "4")
                    .orFail();

            Shell.await("the job shows", SOON, () -> page.ended().size() == 2);
            stack.upWithoutChanges();
            stack.destroy();
            assertThat(EDGE.kubectl("get", "persistentvolumeclaims", "--output", "name")
                            .orFail()
                            .text()
                            .lines())
                    .containsExactlyInAnyOrder(
                            "persistentvolumeclaim/spark-past-workspace", "persistentvolumeclaim/spark-past-events");
        } finally {
            EDGE.kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found").orFail();
        }
    }
}
