package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.Machine;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images for Swarm and Kubernetes are built on the engine that the stack names, and read from there to be sent. */
class BuildEngineTest {

    private static final String HOST = "unix:///srv/builder.sock";
    private static final KubernetesSettings KUBERNETES =
            KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.minikube("minikube"))
                    .build();
    private static final SwarmSettings SWARM = SwarmSettings.of(
            "spark-dev",
            List.of(
                    Machine.of(
                            "one",
                            SshLogin.of("root", "192.0.2.1")
                                    .withHostKey(
                                            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx"))));

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void kubernetesGetsImagesFromTheEngineThatIsNamed() {
        onlyTheNamedEngineIsUsed(run(() -> KubernetesPlatform.in(KUBERNETES).buildingOn(HOST)));
        theDefaultEngineIsUsed(run(() -> KubernetesPlatform.in(KUBERNETES)));
    }

    @Test
    void aSwarmGetsImagesFromTheEngineThatIsNamed() {
        onlyTheNamedEngineIsUsed(run(() -> SwarmPlatform.of(SWARM).buildingOn(HOST)));
        theDefaultEngineIsUsed(run(() -> SwarmPlatform.of(SWARM)));
    }

    private static void onlyTheNamedEngineIsUsed(Run run) {
        assertThat(images(run))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image.request().getProvider()).contains("::spark-docker::"));
        assertThat(deliveries(run)).isNotEmpty().allSatisfy(command -> assertThat(command.texts())
                .containsEntry("/environment/DOCKER_HOST", HOST));
    }

    private static void theDefaultEngineIsUsed(Run run) {
        assertThat(deliveries(run)).isNotEmpty().allSatisfy(command -> assertThat(command.texts())
                .doesNotContainKey("/environment/DOCKER_HOST"));
    }

    private static List<Registration> images(Run run) {
        return run.registrations().stream()
                .filter(registration -> registration.type().equals("docker:index/remoteImage:RemoteImage"))
                .toList();
    }

    private static List<Registration> deliveries(Run run) {
        return run.registrations().stream()
                .filter(registration -> registration.type().equals("command:local:Command"))
                .filter(registration -> registration.name().startsWith("spark-images"))
                .toList();
    }

    private static Run run(Supplier<Platform> platform) {
        return MockedEngine.run(context ->
                new SparkCluster("spark", new SparkClusterArgs(platform.get(), ClusterSpec.of("spark-dev"))));
    }
}
