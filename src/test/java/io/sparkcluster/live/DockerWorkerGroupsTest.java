package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers of two sizes: the smoke test of {@code up} runs on all of them, executors fit on the smaller ones, and a group grows without the others. */
@Tag("live")
@Tag("docker")
@Tag("nightly")
class DockerWorkerGroupsTest {

    @Test
    void groupsWorkTogetherAndOneGrowsAlone(@TempDir Path folder) throws IOException {
        try (var stack = LiveStack.create("sizes", folder)) {
            var edge = new EdgeShell(Map.of(), () -> List.of("docker", "exec", stack.node("edge")));
            stack.configure(Map.of(
                    "workers.groups.small.count", "1",
                    "workers.groups.small.cores", "1",
                    "workers.groups.large.count", "1",
                    "workers.groups.large.memory", "3g"));
            stack.up();
            assertThat(stack.containers().keySet())
                    .containsExactlyInAnyOrder(
                            stack.node("master"),
                            stack.node("worker-small-1"),
                            stack.node("worker-large-1"),
                            stack.node("edge"));
            assertThat(new MasterPage(stack.uiPort()).alive()).isEqualTo(2);
            edge.submitsPi();
            stack.upWithoutChanges();

            var before = stack.containers();
            stack.configure(Map.of("workers.groups.small.count", "2"));
            stack.up();

            assertThat(stack.containers()).hasSize(5).containsAllEntriesOf(before);
            assertThat(new MasterPage(stack.uiPort()).alive()).isEqualTo(3);
        }
    }
}
