package io.sparkcluster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.SecuritySpec;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.program.ProgramWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedPagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2"})
    void nothingIsSaidWhereOnlyThisMachineReachesThem(String address) {
        assertThat(PublishedPages.warning(plan(on(address)), Wording.neutral())).isEmpty();
    }

    @Test
    void anotherAddressIsNamedWithEachPageAndTheWayBack() {
        String named =
                "security.publishAddress: 192.0.2.7: whoever reaches that address reaches the master's page, which asks for no"
                        + " password, on port 8080 and JupyterLab, which asks for its token, on port 8888; ";

        assertThat(PublishedPages.warning(plan(on("192.0.2.7")), ProgramWords.words()))
                .contains(named + "pulumi config rm --path security.publishAddress publishes them on 127.0.0.1 only");
        assertThat(PublishedPages.warning(plan(on("192.0.2.7")), Wording.neutral()))
                .contains(named + "removing security.publishAddress publishes them on 127.0.0.1 only");
    }

    @Test
    void everyAddressOfTheMachineIsCalledThat() {
        assertThat(PublishedPages.warning(plan(on("0.0.0.0")), Wording.neutral())
                        .orElseThrow())
                .contains("whoever reaches any address of the publishing machine reaches");
    }

    /** A node port is open on every node, whatever address is put into the outputs. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "192.0.2.7"})
    void aNodePortIsNamed(String address) {
        var platform = KubernetesPlatform.of(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                .exposure(Exposure.NODE_PORT)
                .build());

        assertThat(platform.exposed(plan(on(address)), Wording.neutral()).orElseThrow())
                .startsWith(
                        "kubernetes.exposure: nodePort: whoever reaches a node of the Kubernetes cluster reaches the master's page")
                .endsWith("kubernetes.exposure: portForward opens nothing");
    }

    @Test
    void withoutAMasterItIsTheApplicationsPage() {
        assertThat(PublishedPages.warning(
                                plan(on("192.0.2.7").clusterManager(ClusterManager.KUBERNETES)), Wording.neutral())
                        .orElseThrow())
                .contains("JupyterLab", "the page of the running application")
                .doesNotContain("master");
    }

    private static ClusterSpec.Builder on(String address) {
        return ClusterSpec.builder("dev")
                .security(SecuritySpec.builder().publishAddress(address).build());
    }

    private static ClusterPlan plan(ClusterSpec.Builder spec) {
        return ClusterPlan.of(spec.build(), Naming.flat());
    }
}
