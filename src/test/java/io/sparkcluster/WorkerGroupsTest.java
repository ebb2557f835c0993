package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers of several sizes, as the engine sees them; on a Swarm see {@link SwarmClusterTest}. */
class WorkerGroupsTest {

    private static final ClusterSpec SPEC = ClusterSpec.builder("spark-dev")
            .workers(WorkerPool.DEFAULT
                    .withGroup(WorkerGroup.of("small", 2, 1, MemorySize.gibibytes(2)))
                    .withGroup(WorkerGroup.of("large", 1, 4, MemorySize.gibibytes(8))))
            .build();
    private static final Platform KUBERNETES =
            KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .build());

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void onDockerEveryWorkerIsAContainerNamedAfterItsGroup() {
        Run run = run(DockerPlatform.local(), SPEC);

        assertThat(run.named("spark-workers-small-2").texts())
                .containsEntry("/name", "spark-dev-worker-small-2")
                .containsEntry("/cpus", "1.0");
        assertThat(run.named("spark-workers-large-1").texts())
                .containsEntry("/name", "spark-dev-worker-large-1")
                .containsEntry("/cpus", "4.0");
        assertThat(run.named("spark-workers-large-1").parentName()).isEqualTo("spark-workers-large");
        assertThat(run.named("spark-smoke-test-job").dependencyNames())
                .contains(
                        "spark-master-node", "spark-workers-small-1", "spark-workers-small-2", "spark-workers-large-1");
    }

    @Test
    void onKubernetesEveryGroupIsASetThatSelectsItsOwnPods() {
        var small = spec(run(KUBERNETES, SPEC), "spark-dev-worker-small");
        var large = spec(run(KUBERNETES, SPEC), "spark-dev-worker-large");

        assertThat(small).containsEntry("replicas", 2L);
        assertThat(large).containsEntry("replicas", 1L);
        assertThat(Manifest.at(small, "selector", "matchLabels"))
                .isEqualTo(Map.of(
                        "io.sparkcluster.cluster", "spark-dev",
                        "io.sparkcluster.role", "worker",
                        "io.sparkcluster.group", "small"));
        assertThat(Manifest.at(large, "template", "metadata", "labels", "io.sparkcluster.group"))
                .isEqualTo("large");
    }

    @Test
    void theOutputTellsWhatEachWorkerOffers() {
        var workers = new ArrayList<Map<String, Object>>();
        MockedEngine.run(context -> Output.all(cluster(DockerPlatform.local(), SPEC).workers().stream()
                        .map(WorkerInfo::toOutput)
                        .toList())
                .applyValue(workers::addAll));

        assertThat(workers)
                .extracting(worker -> worker.get("name") + " " + worker.get("cores") + " " + worker.get("memory"))
                .containsExactly(
                        "spark-dev-worker-small-1 1 998m",
                        "spark-dev-worker-small-2 1 998m",
                        "spark-dev-worker-large-1 4 4992m");
    }

    @Test
    void placementIsRefusedWhereThereAreNoMachinesToChooseFrom() {
        var placed = SPEC.toBuilder()
                .workers(WorkerPool.DEFAULT.withGroup(
                        WorkerGroup.of("large", 1, 4, MemorySize.gibibytes(8)).placedOn("disk", "ssd")))
                .build();

        for (Platform platform : List.of(DockerPlatform.local(), KUBERNETES)) {
            assertThat(platform.validate(ClusterPlan.draft(placed, platform.naming())))
                    .extracting(Problem::field)
                    .containsExactly("workers.groups.large.placement");
        }
    }

    private static Map<String, Object> spec(Run run, String set) {
        return Manifest.of(run).stream()
                .filter(manifest ->
                        manifest.kind().equals("StatefulSet") && manifest.name().equals(set))
                .map(manifest -> Manifest.map(manifest.content(), "spec"))
                .findFirst()
                .orElseThrow();
    }

    private static Run run(Platform platform, ClusterSpec spec) {
        return MockedEngine.run(context -> cluster(platform, spec));
    }

    private static SparkCluster cluster(Platform platform, ClusterSpec spec) {
        return new SparkCluster("spark", new SparkClusterArgs(platform, spec));
    }
}
