package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads after a mistake, through the real command line; and that nothing was made. */
@Tag("live")
@Tag("docker")
class DockerWrongInputTest {

    @TempDir
    private Path folder;

    private LiveStack stack;

    @BeforeEach
    void create() {
        stack = LiveStack.create("wrong", folder);
    }

    @AfterEach
    void nothingWasMade() {
        assertThat(stack.remains()).isEmpty();
        stack.close();
    }

    @Test
    void allMistakesOfAConfigurationAreNamedAtOnce() {
        stack.configure(Map.of("workers.count", "0", "applications.executorMemory", "64g"));

        // Pulumi repeats the first line of a message while it works.
        assertThat(stack.failingUp())
                .contains("2 problems in cluster \"spark-wrong\"")
                .containsOnlyOnce("workers.count: 0 is refused")
                .doesNotContain("SEVERE")
                .contains("applications.executorMemory: 64g is refused")
                .contains("Lower it to 998m, or raise workers.memory");
    }

    @Test
    void aSecretThatWouldBeWrittenInClearIsRefusedAndNowhereEchoed() throws IOException {
        stack.configureSecret("sparkConf.spark.hadoop.fs.s3a.secret.key", "hunter2-of-the-test");

        assertThat(stack.failingUp())
                .contains("sparkConf: [secret] is refused")
                .contains("Remove the secret")
                .doesNotContain("hunter2");
        assertThat(stack.state()).doesNotContain("hunter2");
    }

    @Test
    void anUnknownKeyIsNamedWithTheOneThatWasMeant() {
        stack.configure(Map.of("wrokers.count", "3"));

        assertThat(stack.failingUp()).contains("wrokers.count").contains("Did you mean workers.count?");
    }

    @Test
    void aPortThatSomebodyHasIsNamedBeforeAnythingIsMade() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            stack.configure(Map.of("edge.port", Integer.toString(taken.getLocalPort())));

            assertThat(stack.failingUp())
                    .contains("edge.port: " + taken.getLocalPort() + " is refused")
                    .contains("pulumi config set --path edge.port");
        }
    }

    /** No mistake, but something that nobody should do without knowing it. */
    @Test
    void pagesThatOthersReachAreNamedInPreview() {
        stack.configure(Map.of("security.publishAddress", "0.0.0.0"));

        assertThat(stack.preview())
                .contains(
                        "security.publishAddress: 0.0.0.0: whoever reaches any address of the publishing machine reaches")
                .contains("the master's page, which asks for no password, on port " + stack.uiPort())
                .contains("JupyterLab, which asks for its token, on port " + stack.labPort());
    }

    @Test
    void aMissingEngineIsNamed() {
        stack.configure(Map.of("docker.host", "unix://" + folder.resolve("no.sock")));

        assertThat(stack.failingUp()).contains("docker.host").contains("no Docker engine answers there");
    }

    @Test
    void aWrongPassphraseIsRefused() {
        var environment = new HashMap<>(stack.environment());
        environment.put("PULUMI_CONFIG_PASSPHRASE", "wrong");

        var result = Shell.run(
                Duration.ofMinutes(2),
                folder,
                environment,
                "pulumi",
                "up",
                "--yes",
                "--stack",
                "wrong",
                "--non-interactive");

        assertThat(result.code()).isNotZero();
        assertThat(result.text()).containsIgnoringCase("passphrase");
    }
}
