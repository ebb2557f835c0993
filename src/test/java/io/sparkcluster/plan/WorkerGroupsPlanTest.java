package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerGroupsPlanTest {

    private static final WorkerPool GROUPS = WorkerPool.DEFAULT
            .withGroup(WorkerGroup.of("small", 2, 1, MemorySize.gibibytes(2)))
            .withGroup(WorkerGroup.of("large", 1, 8, MemorySize.gibibytes(8)).placedOn("disk", "ssd"));
    private static final ClusterSpec SPEC =
            ClusterSpec.builder("spark-dev").workers(GROUPS).build();

    @Test
    void everyGroupHasItsOwnNamesAndSizes() {
        var plan = ClusterPlan.of(SPEC, Naming.flat());

        assertThat(plan.groups())
                .extracting(NodeGroup::id)
                .containsExactly("master", "workers-small", "workers-large", "edge");
        assertThat(plan.workers())
                .extracting(NodeSpec::hostName)
                .containsExactly("spark-dev-worker-small-1", "spark-dev-worker-small-2", "spark-dev-worker-large-1");
        assertThat(plan.workers().get(2).environment())
                .containsEntry("SPARK_WORKER_CORES", "8")
                .containsEntry("SPARK_WORKER_MEMORY", "4992m")
                .containsEntry("SPARK_LOCAL_HOSTNAME", "spark-dev-worker-large-1");
        assertThat(plan.workers().get(2).resources())
                .isEqualTo(new ResourceLimits(
                        8, MemorySize.gibibytes(8), "workers.groups.large.cores", "workers.groups.large.memory"));
        assertThat(plan.workers().get(2).group().placement()).isEqualTo(Map.of("disk", "ssd"));
    }

    @Test
    void workersWaitForTheMasterAndTheSmokeTestCountsThemAll() {
        var plan = ClusterPlan.of(SPEC, Naming.flat());

        assertThat(plan.workers())
                .allSatisfy(worker -> assertThat(worker.group().waitsFor()).containsExactly("master"));
        assertThat(plan.edge().group().waitsFor()).isEmpty();
        assertThat(plan.smokeTest().orElseThrow().command()).containsSequence("--workers", "3");
    }

    @Test
    void executorsFitOnTheSmallestWorkers() {
        var alone = ClusterSpec.builder("spark-dev")
                .workers(WorkerPool.DEFAULT.withMemory(MemorySize.gibibytes(2)))
                .build();

        assertThat(Sizing.of(SPEC).executorHeap()).isEqualTo(Sizing.of(alone).executorHeap());
    }

    @Test
    void aGroupThatIsTooSmallForExecutorsIsNamed() {
        var spec = ClusterSpec.builder("spark-dev")
                .workers(GROUPS.withGroup(WorkerGroup.of("tiny", 1, 1, MemorySize.mebibytes(1024))))
                .build();

        assertThat(ClusterPlan.problems(spec)).extracting(Problem::field).containsExactly("workers.groups.tiny.memory");
    }

    @Test
    void oneGroupGivesExecutorsTheirSize() {
        var spec = ClusterSpec.builder("spark-dev")
                .clusterManager(ClusterManager.KUBERNETES)
                .workers(WorkerPool.DEFAULT.withGroup(WorkerGroup.of("large", 4, 4, MemorySize.gibibytes(8))))
                .build();
        var plan = ClusterPlan.of(spec, Naming.pods("spark"));

        assertThat(plan.edge().sparkConf())
                .containsEntry("spark.executor.cores", "4")
                .containsEntry("spark.dynamicAllocation.maxExecutors", "2");
        assertThat(plan.podsOnDemand())
                .hasSize(4)
                .containsOnly(new ResourceLimits(
                        4, MemorySize.gibibytes(8), "workers.groups.large.cores", "workers.groups.large.memory"));
    }

    @Test
    void executorsThatArePodsAreOfOneSize() {
        var one = WorkerPool.DEFAULT.withGroup(WorkerGroup.of("small", 2, 1, MemorySize.gibibytes(2)));
        var spec = ClusterSpec.builder("spark-dev").clusterManager(ClusterManager.KUBERNETES);

        assertThat(ClusterPlan.problems(spec.workers(one).build())).isEmpty();
        assertThat(ClusterPlan.problems(
                        spec.workers(one.withGroup(WorkerGroup.of("large", 1, 2, MemorySize.gibibytes(2))))
                                .build()))
                .singleElement()
                .hasToString(
                        "workers.groups: small, large is refused: with clusterManager kubernetes all executors are of one size."
                                + " Leave one group, or set clusterManager to standalone.");
    }

    @Test
    void coresAreCheckedAgainstTheGroupThatLimitsThem() {
        var tooMany = ClusterSpec.builder("spark-dev")
                .workers(GROUPS)
                .sparkConf("spark.executor.cores", "9")
                .build();

        assertThat(ClusterPlan.problems(tooMany))
                .singleElement()
                .asString()
                .contains(
                        "the largest has 8 cores (workers.groups.large.cores)",
                        "Lower it to 8, or raise workers.groups.large.cores");
    }

    @Test
    void twoPagesOnOnePortAreRefusedByTheirKeys() {
        var spec = ClusterSpec.builder("spark-dev").build();
        var clash = spec.toBuilder()
                .edge(spec.edge().withPort(spec.master().uiPort().number()))
                .build();

        assertThat(ClusterPlan.problems(clash))
                .singleElement()
                .hasToString("edge.port: 8080 is refused: master.uiPort is published on the same port."
                        + " Give each its own port.");
    }
}
