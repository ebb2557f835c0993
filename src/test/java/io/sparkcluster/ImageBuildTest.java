package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.images.BuildEnvironment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How builds of images reach the network, and where they tell why they failed. */
class ImageBuildTest {

    private static final List<String> IMAGES = List.of(
            "spark-images-base",
            "spark-images-spark-base",
            "spark-images-spark-master",
            "spark-images-spark-worker",
            "spark-images-jupyterlab");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void aProxyIsSecretAndChangesNoName() {
        var plain = run(DockerPlatform.local().building(BuildEnvironment.of(Map.of())));
        PulumiTest.cleanup();
        var proxied = run(DockerPlatform.local()
                .building(BuildEnvironment.of(Map.of("HTTPS_PROXY", "http://me:hush@proxy:3128"))));

        for (String image : IMAGES) {
            assertThat(plain.named(image).secretPaths()).isEmpty();
            assertThat(proxied.named(image).secretPaths()).containsExactly("/build/buildArgs");
            assertThat(proxied.named(image).texts().get("/name"))
                    .isEqualTo(plain.named(image).texts().get("/name"));
            assertThat(proxied.named(image).request().toString()).contains("hush");
            assertThat(proxied.named(image).texts().toString()).doesNotContain("hush");
        }
    }

    @Test
    void theLogOfABuildLiesBesideItsContext() {
        Run run = run(DockerPlatform.local().building(BuildEnvironment.of(Map.of())));

        for (String image : IMAGES) {
            var texts = run.named(image).texts();
            assertThat(texts).containsEntry("/build/buildLogFile", texts.get("/build/context") + ".log");
        }
    }

    @Test
    void podmanBuildsItselfAndWritesNone() {
        Run run = run(DockerPlatform.at(Engine.podman(), Output.of("unix:///run/podman/podman.sock"))
                .building(BuildEnvironment.of(Map.of())));

        for (String image : IMAGES) {
            assertThat(run.named(image).texts()).doesNotContainKey("/build/buildLogFile");
        }
    }

    private static Run run(DockerPlatform platform) {
        return MockedEngine.run(
                context -> new SparkCluster("spark", new SparkClusterArgs(platform, ClusterSpec.of("spark-dev"))));
    }
}
