package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.pulumi.core.annotations.Export;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a component registers as its outputs is what its fields export. */
class ComponentOutputsTest {

    private static final KubernetesPlatform KUBERNETES =
            KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .build());

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    /** No cluster has all of them: a master's page and a driver's exclude each other. */
    @Test
    void aClusterRegistersWhatItExports() {
        var onDocker = outputs(
                DockerPlatform.local(),
                ClusterSpec.builder("spark-dev").history(HistorySpec.on()).build());
        var onKubernetes = outputs(
                KUBERNETES,
                ClusterSpec.builder("spark-dev")
                        .clusterManager(ClusterManager.KUBERNETES)
                        .build());

        var registered = new TreeSet<>(onDocker.keySet());
        registered.addAll(onKubernetes.keySet());
        assertThat(registered).isEqualTo(exported(SparkCluster.class));
        assertThat(onDocker)
                .containsKeys("masterUiUrl", "historyUrl", "workers", "smokeTest")
                .doesNotContainKeys("driverUiUrl", "tunnel");
        assertThat(onKubernetes).containsKeys("driverUiUrl", "tunnel").doesNotContainKey("masterUiUrl");
    }

    @Test
    void workersAndVersionsAreOutputs() {
        var outputs = outputs(DockerPlatform.local(), ClusterSpec.of("spark-dev"));

        var workers = output(outputs, "workers").getListValue().getValuesList();
        assertThat(workers)
                .extracting(worker ->
                        worker.getStructValue().getFieldsOrThrow("name").getStringValue())
                .containsExactly("spark-dev-worker-1", "spark-dev-worker-2");
        assertThat(workers.get(0).getStructValue().getFieldsOrThrow("cores").getNumberValue())
                .isEqualTo(2);
        assertThat(output(outputs, "versions").getStructValue().getFieldsMap())
                .containsOnlyKeys("spark", "scala", "hadoop", "java", "python");
    }

    @Test
    void whatOnlyThePlatformKnowsIsAnOutput() {
        assertThat(output(outputs(KUBERNETES, ClusterSpec.of("spark-dev")), "platformOutputs")
                        .getStructValue()
                        .getFieldsOrThrow("kubernetesContext")
                        .getStringValue())
                .isEqualTo("minikube");
    }

    @Test
    void theTokenStaysASecret() {
        var token = output(outputs(DockerPlatform.local(), ClusterSpec.of("spark-dev")), "jupyterToken");

        assertThat(Registration.isSecret(token.getStructValue())).isTrue();
    }

    @Test
    void soDoParts() {
        Run run = MockedEngine.run(context ->
                new SparkCluster("spark", new SparkClusterArgs(DockerPlatform.local(), ClusterSpec.of("spark-dev"))));

        assertThat(run.outputsOf("spark-network").keySet()).isEqualTo(exported(ClusterNetwork.class));
        assertThat(run.outputsOf("spark-workspace").keySet()).isEqualTo(exported(SharedVolume.class));
        assertThat(run.outputsOf("spark-smoke-test").keySet()).isEqualTo(exported(SmokeTest.class));
        assertThat(run.outputsOf("spark-master").keySet()).isEqualTo(exported(SparkMaster.class));
        assertThat(run.outputsOf("spark-workers").keySet()).isEqualTo(exported(SparkWorkers.class));
        assertThat(run.outputsOf("spark-edge").keySet()).isEqualTo(exported(EdgeNode.class));
    }

    private static Map<String, Value> outputs(Platform platform, ClusterSpec spec) {
        Run run = MockedEngine.run(context -> new SparkCluster("spark", new SparkClusterArgs(platform, spec)));
        PulumiTest.cleanup();
        return new TreeMap<>(run.outputsOf("spark"));
    }

    private static Value output(Map<String, Value> outputs, String name) {
        return Optional.ofNullable(outputs.get(name)).orElseThrow(() -> new AssertionError("no output " + name));
    }

    private static Set<String> exported(Class<?> component) {
        return Arrays.stream(component.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Export.class))
                .map(field -> field.getAnnotation(Export.class).name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
