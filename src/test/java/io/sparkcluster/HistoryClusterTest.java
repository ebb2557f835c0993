package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.Machine;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import io.sparkcluster.platform.swarm.SwarmSettings;
import io.sparkcluster.platform.swarm.SwarmWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a history adds to a cluster on each platform. */
class HistoryClusterTest {

    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";
    private static final ClusterSpec SPEC =
            ClusterSpec.builder("lab").history(HistorySpec.on()).build();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeKey() throws IOException {
        Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----");
    }

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    private static Run run(Platform platform, ClusterSpec spec, List<String> urls) {
        return MockedEngine.run(context -> new SparkCluster("spark", new SparkClusterArgs(platform, spec))
                .historyUrl()
                .orElseThrow()
                .applyValue(urls::add));
    }

    private static KubernetesPlatform kubernetes() {
        return KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                .delivery(ImageDelivery.present())
                .build());
    }

    private static SwarmSettings machines(String... names) {
        return SwarmSettings.of(
                "lab",
                IntStream.range(0, names.length)
                        .mapToObj(index -> Machine.of(
                                names[index],
                                SshLogin.of("admin", "192.0.2." + (index + 11))
                                        .withHostKey(HOST_KEY)
                                        .withKeyFile(folder.resolve("key").toString())))
                        .toList());
    }

    @Test
    void onDockerAndPodmanItIsAContainerWithAVolumeThatIsKept() {
        for (Platform platform :
                List.of(DockerPlatform.local(), DockerPlatform.at(Engine.podman(), Output.of("unix:///x")))) {
            var urls = new ArrayList<String>();
            Run run = run(platform, SPEC, urls);

            assertThat(run.named("spark-history-node").texts())
                    .containsEntry("/name", "lab-history")
                    .containsEntry("/ports/0/ip", "127.0.0.1")
                    .containsValue("/var/lib/spark/events")
                    .containsValue("lab-events");
            assertThat(run.named("spark-edge-node").texts()).containsValue("lab-events");
            assertThat(run.registrations())
                    .filteredOn(made -> made.type().equals("docker:index/volume:Volume")
                            && made.texts().containsValue("lab-events"))
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.request().getRetainOnDelete()).isTrue());
            assertThat(urls).containsExactly("http://127.0.0.1:18080");
        }
    }

    @ParameterizedTest
    @EnumSource(ClusterManager.class)
    void onKubernetesItIsASetWithAClaim(ClusterManager manager) throws IOException {
        Run run = run(kubernetes(), SPEC.toBuilder().clusterManager(manager).build(), new ArrayList<>());
        var manifests = Manifest.of(run);

        assertThat(manifests)
                .extracting(manifest -> manifest.kind() + " " + manifest.name())
                .contains("StatefulSet lab-history", "Service lab-history", "PersistentVolumeClaim lab-events");
        OpenApi.validate(manifests);
    }

    @Test
    void onASwarmThatSharesAFolderItIsAServiceThere() {
        var settings = machines("alpha", "beta").withWorkspace(SwarmWorkspace.hostPath("/srv/share"));
        Run run = run(SwarmPlatform.of(settings), SPEC, new ArrayList<>());

        assertThat(run.named("spark-history-node").texts())
                .containsEntry("/name", "lab-history")
                .containsValue("/srv/share")
                .containsValue("/var/lib/spark/events");
        assertThat(run.named("spark-history-node-gate").texts()).containsEntry("/name", "lab-history-gate");
    }

    @Test
    void onASwarmThatSharesNoFolderItIsRefusedByName() {
        var platform = SwarmPlatform.of(machines("alpha", "beta"));

        assertThat(platform.validate(ClusterPlan.of(SPEC, platform.naming())))
                .extracting(Problem::toString)
                .containsExactly(
                        "history.enabled: true is refused: it needs a volume that nodes share (lab-events), and these machines share no folder."
                                + " Say how they share files (swarm.workspace.hostPath or swarm.workspace.nfs), or remove the key.");
    }

    @Test
    void onASwarmOfOneMachineItHasAVolumeThere() {
        Run run = run(SwarmPlatform.of(machines("alpha")), SPEC, new ArrayList<>());

        assertThat(run.named("spark-history-node").texts()).containsValue("lab-events");
    }
}
