package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShuffleHandoverTest {

    private static final String JOB = """
            INFO TaskSetManager: Finished task 0.0 in stage 0.0 (TID 0) in 2100 ms on 172.18.0.3 (executor 1) (1/3)
            INFO TaskSetManager: Finished task 1.0 in stage 0.0 (TID 1) in 2101 ms on 172.18.0.4 (executor 2) (2/3)
            INFO TaskSetManager: Finished task 2.0 in stage 0.0 (TID 2) in 2102 ms on 172.18.0.4 (executor 2) (3/3)
            INFO TaskSetManager: Finished task 0.0 in stage 1.0 (TID 3) in 8100 ms on 172.18.0.4 (executor 2) (1/24)
            INFO StandaloneSchedulerBackend: Decommission executors: 2
            """;

    @Test
    void outputsOfTheExecutorThatLeftAreCountedByTheirTasks() {
        var handover = ShuffleHandover.of(JOB
                + "INFO ShuffleStatus: Updating map output for 1 to BlockManagerId(1, 172.18.0.3, 40001, None)\n"
                + "INFO ShuffleStatus: Updating map output for 2 to BlockManagerId(1, 172.18.0.3, 40001, None)\n");

        assertThat(handover.written()).containsExactly(1L, 2L);
        handover.assertComplete();
    }

    @Test
    void anOutputThatStayedBehindIsFound() {
        var handover = ShuffleHandover.of(
                JOB + "INFO ShuffleStatus: Updating map output for 1 to BlockManagerId(1, 172.18.0.3, 40001, None)\n");

        assertThatThrownBy(handover::assertComplete).hasMessageContaining("2");
    }

    @Test
    void aJobWhoseExecutorsAllStayedProvesNothing() {
        assertThatThrownBy(ShuffleHandover.of("")::assertComplete)
                .hasMessageContaining("outputs of executors that left");
    }
}
