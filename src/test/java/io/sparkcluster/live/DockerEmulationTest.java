package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of another architecture than this machine's, arm64, which the kernel of the machine emulates. */
@Tag("live")
@Tag("docker")
@Tag("nightly")
@Tag("emulation")
class DockerEmulationTest {

    /** Emulated, a build takes about ten times as long. */
    private static final Duration LIMIT = Duration.ofMinutes(55);

    @Test
    void imagesForArm64AreBuiltAndAClusterRunsThem(@TempDir Path folder) {
        try (var stack = LiveStack.create("arm64", folder)) {
            // Without the archive of classes, for which a build runs a session: by emulation that alone takes most of
            // the part's time.
            stack.configure(
                    Map.of("images.architecture", "arm64", "images.classDataSharing", "false", "workers.count", "1"));

            stack.up(LIMIT);

            assertThat(stack.images()).isNotEmpty();
            stack.images().forEach((role, inputs) -> assertThat(Shell.docker(
                                    "image",
                                    "inspect",
                                    "--format",
                                    "{{.Architecture}}",
                                    inputs.get("name").getAsString())
                            .orFail()
                            .text()
                            .strip())
                    .as(role)
                    .isEqualTo("arm64"));
            for (String node : List.of("master", "worker-1", "edge")) {
                assertThat(Shell.docker("exec", stack.node(node), "uname", "-m")
                                .orFail()
                                .text()
                                .strip())
                        .as(node)
                        .isEqualTo("aarch64");
            }
            // The smoke test ran on the worker and compared its versions with those of the edge node.
            assertThat(stack.outputs().getAsJsonObject("smokeTest").keySet()).contains("result");
            stack.upWithoutChanges();
        }
    }
}
