package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack that the last release without owners made, with a workspace that goes with it, is taken over by this one: its containers are replaced once, its file is still
 * there.
 */
@Tag("live")
@Tag("docker")
@Tag("nightly")
class DockerTakeOverTest {

    /** The last commit before owners were noted. */
    private static final String BEFORE_OWNERS = "72f3fb4";

    private static final String STACK = "testtakeover";
    private static final Duration SHORT = Duration.ofMinutes(2);

    /** The older release brings a toolchain and images of its own, which nothing else uses: all of them are built. */
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private static final Map<String, String> ENVIRONMENT = Map.of("STACK", STACK);

    @TempDir
    private Path folder;

    @Test
    void aStackOfTheReleaseBeforeOwnersKeepsItsFiles() throws IOException {
        Path here = Path.of(".").toAbsolutePath().normalize();
        if (Shell.run(SHORT, here, Map.of(), "git", "cat-file", "-e", BEFORE_OWNERS + "^{commit}")
                        .code()
                != 0) {
            String reason = "this clone is shallow and lacks the commit " + BEFORE_OWNERS;
            System.out.println("SKIPPED: " + reason);
            abort(reason);
        }
        Path clone = folder.resolve("clone");
        Shell.run(SHORT, here, Map.of(), "git", "clone", "--quiet", ".", clone.toString())
                .orFail();
        Files.writeString(clone.resolve("stacks/Pulumi." + STACK + ".yaml"), """
                config:
                  spark-cluster:platform: docker
                  spark-cluster:workspace: {retain: false}
                  spark-cluster:workers: {count: 1}
                  spark-cluster:smokeTest: false
                  spark-cluster:master: {uiPort: %d}
                  spark-cluster:edge: {port: %d}
                """.formatted(
                        LiveStack.freePort(), LiveStack.freePort()));
        try {
            checkOut(clone, BEFORE_OWNERS);
            make(clone, "up").orFail();
            inWorkspace("echo precious >/workspace/precious.txt").orFail();
            String volume = created();

            checkOut(clone, "-");
            assertThat(make(clone, "up").orFail().text()).contains("taking it over");

            assertThat(created()).isEqualTo(volume);
            assertThat(inWorkspace("cat /workspace/precious.txt").orFail().text())
                    .isEqualTo("precious\n");
            assertThat(make(clone, "up").orFail().text()).doesNotContain("taking it over", "to replace");
        } finally {
            make(clone, "purge");
        }
    }

    private static void checkOut(Path clone, String what) {
        Shell.run(SHORT, clone, Map.of(), "git", "checkout", "--quiet", what).orFail();
    }

    private static Shell.Result make(Path clone, String target) {
        return Shell.run(LIMIT, clone, ENVIRONMENT, List.of("make", target).toArray(String[]::new));
    }

    private static Shell.Result inWorkspace(String command) {
        return Shell.docker("exec", "spark-" + STACK + "-edge", "sh", "-c", command);
    }

    private static String created() {
        return Shell.docker("volume", "inspect", "--format", "{{.CreatedAt}}", "spark-" + STACK + "-workspace")
                .orFail()
                .text();
    }
}
