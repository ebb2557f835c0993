package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.kubernetes.PlannedNames;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The preflight asks whose every object is that a cluster then makes: one that it forgets could be somebody else's. */
class KubernetesPlannedObjectsTest {

    private static final KubernetesSettings SETTINGS =
            KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .build();
    private static final ClusterSpec SPEC = ClusterSpec.of("spark-dev");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    static Stream<Arguments> clusters() {
        var nodePorts = SETTINGS.toBuilder().exposure(Exposure.NODE_PORT).build();
        return Stream.of(
                Arguments.of("with all defaults", SETTINGS, SPEC),
                Arguments.of(
                        "with executors as pods",
                        SETTINGS,
                        ClusterSpec.builder("spark-pods")
                                .clusterManager(ClusterManager.KUBERNETES)
                                .build()),
                Arguments.of(
                        "that scales itself and has ports of nodes",
                        nodePorts,
                        SPEC.toBuilder()
                                .workers(WorkerPool.DEFAULT.withAutoscale(Autoscale.upTo(6)))
                                .master(SPEC.master().withUiPort(30080))
                                .edge(SPEC.edge().withPort(30088))
                                .build()));
    }

    @ParameterizedTest(name = "a cluster {0}")
    @MethodSource("clusters")
    void everyObjectThatIsMadeIsLookedFor(String name, KubernetesSettings settings, ClusterSpec spec) {
        var args = new SparkClusterArgs(KubernetesPlatform.in(settings), spec);

        var made = Manifest.of(MockedEngine.run(context -> new SparkCluster("spark", args)));

        assertThat(made).hasSizeGreaterThan(8);
        assertThat(PlannedNames.of(SparkCluster.plan(args), settings))
                .containsExactlyInAnyOrderElementsOf(made.stream()
                        .map(object -> object.kind() + " " + object.name())
                        .toList());
    }
}
