package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.Engine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In what the tree of a cluster on Podman differs from the one on Docker, which {@link SparkClusterTest} is about. */
class PodmanEngineTest {

    private static final String SOCKET = "unix:///run/podman/podman.sock";
    private static final List<String> NODES =
            List.of("spark-master-node", "spark-workers-1", "spark-workers-2", "spark-edge-node");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void onlyTheWaitsForReadinessAndTheDeliveriesOfSecretsAreMore() {
        var onPodman = names(run());
        var onDocker = names(MockedEngine.run(context ->
                new SparkCluster("spark", new SparkClusterArgs(DockerPlatform.local(), ClusterSpec.of("spark-dev")))));

        var more = new TreeSet<>(onPodman);
        more.removeAll(onDocker);
        assertThat(onPodman).containsAll(onDocker);
        assertThat(more)
                .as("besides the provider for an address that is named")
                .containsExactly(
                        "spark-docker",
                        "spark-edge-node-ready",
                        "spark-master-node-ready",
                        "spark-secrets-jupyter-token-delivered",
                        "spark-secrets-spark-auth-delivered",
                        "spark-workers-1-ready",
                        "spark-workers-2-ready");
    }

    @Test
    void aNodeIsReadyWhenItsHealthCommandSucceedsAndNotByTheProvidersWait() {
        Run run = run();

        for (String node : NODES) {
            assertThat(run.named(node).input("wait")).map(Value::getBoolValue).contains(false);
            var ready = run.named(node + "-ready");
            assertThat(ready.dependencyNames()).contains(node);
            assertThat(ready.texts()).containsEntry("/environment/DOCKER_HOST", SOCKET);
            assertThat(ready.texts().get("/stdin")).contains("docker exec");
            // It waits again for another container.
            assertThat(ready.texts()).containsEntry("/triggers/0", node + "-id");
        }
        assertThat(run.named("spark-master-node-ready").texts())
                .containsEntry("/create", "sh -s -- spark-dev-master 250 10 /opt/sparkcluster/bin/healthy master");
    }

    @Test
    void theSmokeTestWaitsForTheReadinessOfEveryNode() {
        Run run = run();

        assertThat(run.named("spark-smoke-test-job").dependencyNames())
                .containsAll(NODES.stream().map(node -> node + "-ready").toList());
    }

    /** Podman's uploads end in the container's own files, below the volume. */
    @Test
    void aSecretIsUploadedBesideItsVolumeAndCopiedIntoItBeforeANodeStarts() {
        Run run = run();

        var carrier = run.named("spark-secrets-spark-auth-carrier").texts();
        var delivered = run.named("spark-secrets-spark-auth-delivered");
        assertThat(carrier)
                .containsEntry("/volumes/0/containerPath", "/run/spark-cluster/spark-auth")
                .containsEntry("/uploads/0/file", "/spark-cluster-uploads/spark-auth/secret");
        assertThat(delivered.texts())
                .containsEntry(
                        "/create",
                        "sh -s -- spark-dev-spark-auth /spark-cluster-uploads/spark-auth/secret /run/spark-cluster/spark-auth")
                .containsEntry("/environment/DOCKER_HOST", SOCKET)
                // Another secret comes by another container.
                .containsEntry("/triggers/0", "spark-secrets-spark-auth-carrier-id");
        assertThat(delivered.texts().get("/stdin")).contains("docker cp");
        for (String node : NODES) {
            assertThat(run.named(node).dependencyNames()).contains("spark-secrets-spark-auth-delivered");
        }
    }

    @Test
    void whatPodmanFillsInIsNoChange() {
        Run run = run();

        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().equals("docker:index/network:Network"))
                .singleElement()
                .satisfies(network ->
                        assertThat(network.request().getIgnoreChangesList()).containsExactly("ipamOptions"));
        for (String node : NODES) {
            assertThat(run.named(node).request().getIgnoreChangesList())
                    .containsExactly("capabilities", "logOpts", "securityOpts", "tmpfs");
        }
    }

    @Test
    void imagesAreBuiltByPodmanItselfAndNamedAsItNamesThem() {
        assertThat(run().registrations())
                .filteredOn(registration -> registration.type().equals("docker:index/remoteImage:RemoteImage"))
                .hasSize(5)
                .allSatisfy(image -> {
                    assertThat(image.texts().get("/name")).startsWith("localhost/sparkcluster/");
                    assertThat(image.input("build"))
                            .map(build -> build.getStructValue().getFieldsOrThrow("useLegacyBuilder"))
                            .map(Value::getBoolValue)
                            .contains(true);
                });
        assertThat(run().named("spark-images-spark-base").texts().get("/build/buildArgs/PARENT"))
                .startsWith("localhost/sparkcluster/base:");
    }

    @Test
    void nodesAreStartedAgainByPodmansOwnService() {
        Run run = run();

        for (String node : NODES) {
            assertThat(run.named(node).texts()).containsEntry("/restart", "always");
        }
    }

    @Test
    void foldersInMemoryHaveNoOwner() {
        Run run = run();

        for (String node : NODES) {
            Map<String, String> texts = run.named(node).texts();
            assertThat(texts.keySet()).anyMatch(path -> path.startsWith("/tmpfs/"));
            assertThat(texts).allSatisfy((path, text) -> {
                if (path.startsWith("/tmpfs/")) {
                    assertThat(text).endsWith("mode=1777").doesNotContain("uid=");
                }
            });
        }
    }

    private static Set<String> names(Run run) {
        var names = new TreeSet<String>();
        run.registrations().forEach(registration -> names.add(registration.name()));
        return names;
    }

    private static Run run() {
        Run run = MockedEngine.run(context -> new SparkCluster(
                "spark",
                new SparkClusterArgs(
                        DockerPlatform.at(Engine.podman(), Output.of(SOCKET)), ClusterSpec.of("spark-dev"))));
        return run;
    }
}
