package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SizingTest {

    @Test
    void twoApplicationsFitADefaultWorker() {
        var sizing = Sizing.of(ClusterSpec.of("dev"));

        assertThat(sizing.workerOffer()).isEqualTo(MemorySize.mebibytes(998));
        assertThat(sizing.executorHeap()).isEqualTo(MemorySize.mebibytes(499));
    }

    @Test
    void refusesAnExecutorThatIsLargerThanAWorkerAndNamesBothWaysOut() {
        var spec = ClusterSpec.builder("dev")
                .applications(ApplicationSpec.DEFAULT.withExecutorMemory(MemorySize.gibibytes(4)))
                .build();

        assertThat(Sizing.check(spec)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("applications.executorMemory");
            assertThat(problem.remedy()).contains("998m", "workers.memory", "6814m");
        });
    }

    @Test
    void refusesAWorkerThatCannotHoldItsExecutorsAndNamesTheSmallestThatCan() {
        var spec = ClusterSpec.builder("dev")
                .workers(WorkerPool.DEFAULT.withMemory(MemorySize.mebibytes(512)))
                .build();

        assertThat(Sizing.check(spec))
                .singleElement()
                .extracting(Problem::field, Problem::remedy)
                .containsExactly("workers.memory", "Raise it to 1897m, or lower applications.concurrent");
    }

    @Property
    void theSmallestWorkerThatIsNamedIsAccepted(@ForAll @IntRange(min = 1, max = 16) int applications) {
        var smallest = Sizing.nodeFor(Sizing.LEAST_HEAP, Sizing.WORKER_DAEMON, applications);
        var edge = Sizing.nodeFor(Sizing.LEAST_HEAP, Sizing.JUPYTERLAB, applications);

        assertThat(Sizing.check(spec(applications, smallest, edge))).isEmpty();
        assertThat(Sizing.check(spec(applications, smallest.minus(MemorySize.mebibytes(2)), edge)))
                .isNotEmpty();
    }

    @Property
    void executorsOfAllApplicationsFitTheOfferAndTheOfferFitsTheWorker(
            @ForAll @IntRange(min = 1, max = 16) int applications,
            @ForAll @LongRange(min = 600, max = 1_000_000) long worker) {
        var sizing = Sizing.of(spec(applications, MemorySize.mebibytes(worker), MemorySize.gibibytes(64)));

        assertThat(sizing.executorHeap().mebibytes() * applications)
                .isLessThanOrEqualTo(Math.max(applications, sizing.workerOffer().mebibytes()));
        assertThat(sizing.workerOffer().mebibytes() + Sizing.WORKER_DAEMON_HEAP.mebibytes())
                .isLessThan(worker);
    }

    private static ClusterSpec spec(int applications, MemorySize worker, MemorySize edge) {
        return ClusterSpec.builder("dev")
                .applications(ApplicationSpec.DEFAULT.withConcurrent(applications))
                .workers(WorkerPool.DEFAULT.withMemory(worker))
                .edge(EdgeSpec.DEFAULT.withMemory(edge))
                .build();
    }
}
