package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerGroupsTest {

    private static final MemorySize MEMORY = MemorySize.gibibytes(2);

    @Test
    void aPoolWithoutGroupsIsOneGroupWithoutAName() {
        assertThat(WorkerPool.DEFAULT.all()).containsExactly(WorkerGroup.of("", 2, 2, MEMORY));
        assertThat(WorkerPool.DEFAULT.total()).isEqualTo(2);
    }

    @Test
    void groupsTakeThePlaceOfThePoolsOwnNumbers() {
        var pool = WorkerPool.DEFAULT
                .withGroup(WorkerGroup.of("small", 4, 1, MEMORY))
                .withGroup(WorkerGroup.of("large", 1, 8, MemorySize.gibibytes(16)));

        assertThat(pool.total()).isEqualTo(5);
        assertThat(pool.all())
                .extracting(WorkerGroup::field)
                .containsExactly("workers.groups.small", "workers.groups.large");
    }

    @Test
    void everyProblemOfEveryGroupIsReported() {
        var pool = WorkerPool.DEFAULT
                .withGroup(WorkerGroup.of("small", 0, 1, MemorySize.mebibytes(100)))
                .withGroup(WorkerGroup.of("large", 1, 0, MEMORY))
                .withAutoscale(Autoscale.upTo(6));

        assertThat(problems(pool))
                .extracting(Problem::field)
                .containsExactly(
                        "workers.groups.small.count",
                        "workers.groups.small.memory",
                        "workers.groups.large.cores",
                        "workers.autoscale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Large", "1st", "a_b", "-a", "a-"})
    void aNameThatIsNoPartOfAHostNameIsRefused(String name) {
        assertThat(problems(WorkerPool.DEFAULT.withGroup(WorkerGroup.of(name, 1, 1, MEMORY))))
                .singleElement()
                .asString()
                .startsWith("workers.groups." + name + ": \"" + name
                        + "\" is refused: the name of a group becomes part of host names");
    }

    @Test
    void aNameThatMakesHostNamesTooLongIsRefused() {
        var pool = WorkerPool.DEFAULT.withGroup(WorkerGroup.of("a".repeat(34), 1, 1, MEMORY));

        assertThat(problems(pool)).isEmpty();
        assertThat(problems(pool.withGroup(WorkerGroup.of("a".repeat(35), 1, 1, MEMORY))))
                .singleElement()
                .asString()
                .contains("with the cluster's name, spark-dev, it may have at most 43 characters");
    }

    @Test
    void twoGroupsOfOneNameAreRefused() {
        var pool = WorkerPool.DEFAULT
                .withGroup(WorkerGroup.of("large", 1, 1, MEMORY))
                .withGroup(WorkerGroup.of("large", 1, 2, MEMORY));

        assertThat(problems(pool)).singleElement().asString().contains("another group has the same name");
    }

    @Test
    void allGroupsTogetherHaveALimit() {
        var pool = WorkerPool.DEFAULT
                .withGroup(WorkerGroup.of("small", 600, 1, MEMORY))
                .withGroup(WorkerGroup.of("large", 401, 2, MEMORY));

        assertThat(problems(pool))
                .singleElement()
                .hasToString("workers.groups: 1001 workers is refused: all groups together must have at most 1000."
                        + " Lower the count of one of them.");
    }

    private static List<Problem> problems(WorkerPool workers) {
        return ClusterValidator.validate(
                ClusterSpec.builder("spark-dev").workers(workers).build());
    }
}
