package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManagerRulesTest {

    @ParameterizedTest
    @EnumSource(ClusterManager.class)
    void everyManagerHasRules(ClusterManager manager) {
        assertThat(ManagerRules.of(spec(manager)).manager()).isEqualTo(manager);
    }

    /** Images are planned by the kinds that the rules name. */
    @ParameterizedTest
    @EnumSource(ClusterManager.class)
    void everyNodeIsOfAKindThatTheRulesName(ClusterManager manager) {
        var spec = spec(manager);

        assertThat(ManagerRules.of(spec).kinds())
                .containsAll(ClusterPlan.of(spec, Naming.flat()).nodes().stream()
                        .map(NodeSpec::kind)
                        .toList());
    }

    /** A stack may go from one manager to the other, and keeps its properties: names of users' own are known to be such with both. */
    @ParameterizedTest
    @EnumSource(ClusterManager.class)
    void openNamespacesOfEachAreOpenWithAll(ClusterManager manager) {
        assertThat(ManagerRules.of(spec(manager)).openNamespaces())
                .allSatisfy(start ->
                        assertThat(OpenNamespaces.contain(start + "any")).isTrue());
    }

    private static ClusterSpec spec(ClusterManager manager) {
        return ClusterSpec.builder("spark").clusterManager(manager).build();
    }
}
