package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of Podman reads after a mistake; and that nothing was made. */
@Tag("live")
@Tag("podman")
class PodmanWrongInputTest {

    private final String host =
            Optional.ofNullable(System.getenv("CONTAINER_HOST")).orElse("unix:///run/podman/podman.sock");

    @TempDir
    private Path folder;

    private LiveStack stack;

    @BeforeEach
    void create() {
        stack = LiveStack.create("podwrong", folder, Map.of("DOCKER_HOST", host));
    }

    @AfterEach
    void nothingWasMade() {
        assertThat(stack.remains()).isEmpty();
        stack.close();
    }

    @Test
    void aSocketAtWhichNobodyAnswersIsNamed() {
        String socket = "unix://" + folder.resolve("no.sock");
        stack.configure(Map.of("docker.engine", "podman", "docker.host", socket));

        assertThat(stack.failingUp())
                .contains("docker.host: " + socket + " is refused: no Podman engine answers there")
                .contains("systemctl start podman.socket")
                .contains("make testbed-podman-up");
    }

    @Test
    void podmanWhereDockerIsExpectedIsNamed() {
        stack.configure(Map.of("docker.host", host));

        assertThat(stack.failingUp())
                .contains("it is Podman that answers there, and not Docker")
                .contains("Set docker.engine to podman");
    }

    @Test
    void anotherPlatformsEngineIsRefused() {
        stack.configure(Map.of("docker.engine", "podmann"));

        assertThat(stack.failingUp()).contains("docker.engine: podmann is refused: it must be one of docker, podman");
    }
}
