package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values with collections keep copies of their own, which nobody can change, also when a builder is used again. */
class ValuesTest {

    private static final WorkerGroup SMALL = WorkerGroup.of("small", 1, 1, MemorySize.gibibytes(1));

    static Stream<Collection<?>> collections() {
        var spec = ClusterSpec.of("lab");
        return Stream.of(
                spec.sparkConf().keySet(),
                spec.secretSparkConf(),
                WorkerPool.DEFAULT.groups(),
                WorkerPool.DEFAULT.withGroup(SMALL).groups(),
                SMALL.placement().keySet());
    }

    @ParameterizedTest
    @MethodSource("collections")
    void collectionsCannotBeChanged(Collection<?> collection) {
        assertThat(collection).isUnmodifiable();
    }

    @Test
    void aBuilderKeepsNothingOfWhatItIsGiven() {
        var groups = new ArrayList<>(List.of(SMALL));
        var placement = new TreeMap<String, String>();
        var pool = WorkerPool.builder().groups(groups).build();
        var group = SMALL.toBuilder().placement(placement).build();

        groups.clear();
        placement.put("disk", "ssd");

        assertThat(pool.groups()).containsExactly(SMALL);
        assertThat(group).isEqualTo(SMALL);
    }

    @Test
    void aBuilderCanBeUsedAgain() {
        var builder = ClusterSpec.builder("lab").sparkConf("spark.b", "1");
        var first = builder.build();
        var second =
                builder.sparkConf("spark.a", "2").secretSparkConf("spark.c").build();

        assertThat(first.sparkConf()).containsOnlyKeys("spark.b");
        assertThat(first.secretSparkConf()).isEmpty();
        assertThat(second.sparkConf().keySet()).containsExactly("spark.a", "spark.b");
        assertThat(second.secretSparkConf()).containsExactly("spark.c");
        assertThat(second.toBuilder().build()).isEqualTo(second).hasSameHashCodeAs(second);
    }
}
