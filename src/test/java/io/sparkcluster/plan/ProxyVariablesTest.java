package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ProxySpec;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProxyVariablesTest {

    private static final Set<String> NAMES =
            Set.of("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy");
    private static final ProxySpec PROXY = ProxySpec.builder()
            .https("http://proxy.example.org:3128")
            .direct(".example.org")
            .build();

    @Test
    void withoutAProxyNoNodeIsToldAnything() {
        var plan = ClusterPlan.of(ClusterSpec.of("c"), Naming.flat());

        assertThat(plan.edge().environment()).doesNotContainKeys(NAMES.toArray(String[]::new));
        assertThat(plan.workers().get(0).environment()).doesNotContainKeys(NAMES.toArray(String[]::new));
    }

    @Test
    void notebooksAndExecutorsGetItAndReachTheirOwnClusterDirectly() {
        var plan = ClusterPlan.of(ClusterSpec.builder("c").proxy(PROXY).build(), Naming.flat());

        for (var environment :
                Set.of(plan.edge().environment(), plan.workers().get(0).environment())) {
            assertThat(environment)
                    .containsEntry("HTTPS_PROXY", "http://proxy.example.org:3128")
                    .containsEntry("https_proxy", "http://proxy.example.org:3128")
                    .containsEntry(
                            "no_proxy",
                            "localhost,127.0.0.1,kubernetes.default.svc,.svc,.cluster.local,c-master,c-edge,.example.org")
                    .doesNotContainKeys("HTTP_PROXY", "http_proxy");
        }
    }

    @Test
    void soDoThePodsOfExecutorsAndDrivers() {
        var spec = ClusterSpec.builder("c")
                .clusterManager(ClusterManager.KUBERNETES)
                .proxy(PROXY)
                .build();

        var executorPods =
                ClusterPlan.of(spec, Naming.pods("space")).edge().executorPods().orElseThrow();

        assertThat(executorPods.executor().environment()).containsKeys("https_proxy", "SPARK_DECOMMISSION_TIMEOUT");
        assertThat(executorPods.driver().environment()).containsKeys("https_proxy");
    }
}
