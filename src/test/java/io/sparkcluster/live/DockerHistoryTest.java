package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The history of applications through a cluster's life.
 *
 * <table>
 *   <caption>Steps</caption>
 *   <tr><th>action</th><th>result</th></tr>
 *   <tr><td>up with a history server, a job</td><td>the smoke test's application and the job show there with their jobs; a second up changes nothing</td></tr>
 *   <tr><td>the master is stopped</td><td>the history is still read</td></tr>
 *   <tr><td>destroy</td><td>the two volumes are left, and nothing else</td></tr>
 *   <tr><td>up again</td><td>the first cluster's applications show again</td></tr>
 * </table>
 */
@Tag("live")
@Tag("docker")
@Tag("nightly")
class DockerHistoryTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String SMOKE_TEST = "sparkcluster-smoke-test";

    @Test
    void applicationsAreReadWithoutAMasterAndOutliveTheCluster(@TempDir Path folder) throws IOException {
        try (var stack = LiveStack.create("history", folder)) {
            var edge = new EdgeShell(Map.of(), () -> List.of("docker", "exec", stack.node("edge")));
            var page = new HistoryPage(edge, stack.node("history"));
            int port = LiveStack.freePort();
            stack.configure(Map.of("history.enabled", "true", "history.port", Integer.toString(port)));
            stack.up();
            assertThat(stack.outputs().get("historyUrl").getAsString()).isEqualTo("http://127.0.0.1:" + port);
            edge.submitsPi();
            Shell.await("the job shows", SOON, () -> page.ended().size() == 2);
            var applications = page.ended();
            assertThat(applications.values()).contains(SMOKE_TEST);
            assertThat(applications.keySet())
                    .allSatisfy(id -> assertThat(page.jobs(id)).isPositive());
            stack.upWithoutChanges();

            Shell.docker("stop", stack.node("master")).orFail();
            assertThat(page.ended()).isEqualTo(applications);

            stack.destroy();
            assertThat(stack.remains())
                    .containsExactlyInAnyOrder(
                            "volume " + stack.cluster() + "-workspace", "volume " + stack.cluster() + "-events");

            stack.up();
            assertThat(page.ended()).hasSize(3).containsAllEntriesOf(applications);
        }
    }
}
