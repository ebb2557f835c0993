package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.plan.ImageRole;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildEnvironmentTest {

    @Test
    void anEnvironmentWithoutProxyAddsNothing() {
        var network = BuildEnvironment.of(Map.of("PATH", "/bin", "HTTP_PROXY", " "));

        for (ImageRole role : ImageRole.values()) {
            assertThat(network.arguments(role)).isEmpty();
        }
    }

    @Test
    void aProxyIsGivenInBothSpellingsAndSmallLettersWin() {
        var network = BuildEnvironment.of(Map.of(
                "HTTPS_PROXY", "http://large:1", "https_proxy", "http://small:1", "NO_PROXY", "localhost,.corp"));

        assertThat(network.arguments(ImageRole.BASE))
                .containsOnly(
                        Map.entry("HTTPS_PROXY", "http://small:1"),
                        Map.entry("https_proxy", "http://small:1"),
                        Map.entry("NO_PROXY", "localhost,.corp"),
                        Map.entry("no_proxy", "localhost,.corp"));
    }

    @Test
    void theIndexOfPythonPackagesGoesToTheImagesThatInstallSome() {
        var network = BuildEnvironment.of(Map.of("PIP_INDEX_URL", "https://index.example/simple"));

        assertThat(network.arguments(ImageRole.SPARK_BASE))
                .containsEntry("PIP_INDEX_URL", "https://index.example/simple");
        assertThat(network.arguments(ImageRole.JUPYTERLAB)).containsKey("PIP_INDEX_URL");
        assertThat(network.arguments(ImageRole.BASE)).isEmpty();
        assertThat(network.arguments(ImageRole.SPARK_WORKER)).isEmpty();
    }
}
