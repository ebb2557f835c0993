package io.sparkcluster.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.sparkcluster.model.Owner;
import io.sparkcluster.model.Wording;
import io.sparkcluster.platform.ClusterTags;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.program.ProgramWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Where a stack stays whatever becomes current, and when it may go elsewhere. */
class KubernetesPinTest {

    private static StateObjects unread() {
        throw new AssertionError("the state is read only where the tags do not answer");
    }

    @Test
    void theFirstRunKeepsTheContext() {
        var pin = pin(true, "minikube", Map.of(), () -> StateObjects.NONE);

        assertThat(pin.problem(Wording.neutral())).isEmpty();
        assertThat(pin.identifier()).isEqualTo("minikube");
        assertThat(kept(pin, Map.of())).isEqualTo(Map.of("context", "minikube"));
    }

    @Test
    void theSameContextNeedsNoLookIntoTheState() {
        var tags = Map.of("context", "minikube");
        var pin = pin(false, "minikube", tags, KubernetesPinTest::unread);

        assertThat(pin.problem(Wording.neutral())).isEmpty();
        assertThat(kept(pin, tags)).isEmpty();
    }

    @Test
    void anotherContextIsRefusedWithBothNames() {
        var pin = pin(true, "prod", Map.of("context", "minikube"), () -> state("minikube", "minikube"));

        assertThat(pin.problem(Wording.neutral()))
                .get()
                .asString()
                .contains("kubernetes.context: prod is refused", "kubectl's current one now", "in the context minikube")
                .endsWith("""
                        To work where they are:
                              set kubernetes.context to minikube
                            To move to prod, remove them first (a workspace that is retained stays there):
                              pulumi destroy
                            If both names mean the same Kubernetes cluster:
                              set kubernetes.clusterIdentifier to minikube""");
        assertThat(pin.problem(ProgramWords.words()).orElseThrow().remedy()).isEqualTo("""
                To work where they are:
                      pulumi config set --path kubernetes.context minikube
                    To move to prod, remove them first (a workspace that is retained stays there):
                      make down, or pulumi destroy
                    If both names mean the same Kubernetes cluster:
                      pulumi config set --path kubernetes.clusterIdentifier minikube""");
    }

    @Test
    void withoutTagsTheStateSaysWhereTheObjectsAre() {
        var pin = pin(false, "prod", Map.of(), () -> state("minikube", "minikube"));

        assertThat(pin.problem(Wording.neutral()))
                .get()
                .asString()
                .contains("prod is refused", "in the context minikube");
    }

    @Test
    void aStackThatHasNothingLeftMayGoElsewhere() {
        var tags = Map.of("context", "minikube", "cluster-identifier", "current");
        var pin = pin(false, "prod", tags, () -> StateObjects.NONE);

        assertThat(pin.problem(Wording.neutral())).isEmpty();
        assertThat(kept(pin, tags)).isEqualTo(Map.of("context", "prod", "cluster-identifier", "prod"));
    }

    /** Another identifier would replace the provider, and with it everything. */
    @Test
    void anEarlierReleasesIdentifierStays() {
        var pin = pin(true, "minikube", Map.of(), () -> state("minikube", "current"));

        assertThat(pin.problem(Wording.neutral())).isEmpty();
        assertThat(pin.identifier()).isEqualTo("current");
        var tags = kept(pin, Map.of());
        assertThat(tags).isEqualTo(Map.of("context", "minikube", "cluster-identifier", "current"));
        assertThat(pin(false, "minikube", tags, KubernetesPinTest::unread).identifier())
                .isEqualTo("current");
    }

    @Test
    void theIdentifierIsTheUsersWordThatARenamedContextIsTheSame() {
        var pin = KubernetesPin.of(
                settings(Kubectl.context("renamed"), Optional.of("minikube")),
                tags(Map.of("context", "minikube")),
                () -> state("minikube", "minikube"));

        assertThat(pin.problem(Wording.neutral())).isEmpty();
        assertThat(pin.context()).isEqualTo("renamed");
        assertThat(pin.identifier()).isEqualTo("minikube");
    }

    @Test
    void anotherIdentifierIsRefusedWhileThereAreObjects() {
        var settings = settings(Kubectl.context("minikube"), Optional.of("other"));
        var tags = tags(Map.of("context", "minikube"));

        assertThat(KubernetesPin.of(settings, tags, () -> state("minikube", "minikube"))
                        .problem(Wording.neutral()))
                .get()
                .asString()
                .contains("kubernetes.clusterIdentifier: other is refused", "under the identifier minikube")
                .endsWith("Set it to minikube again, or remove the cluster first (pulumi destroy).");
        assertThat(KubernetesPin.of(settings, tags, () -> StateObjects.NONE).problem(Wording.neutral()))
                .isEmpty();
    }

    /** What the next run finds. */
    private static Map<String, String> kept(KubernetesPin pin, Map<String, String> tags) {
        return pin.changes(tags(tags));
    }

    private static KubernetesPin pin(
            boolean followsCurrent, String context, Map<String, String> tags, Supplier<StateObjects> state) {
        var kubectl = Kubectl.context(context).toBuilder()
                .followsCurrent(followsCurrent)
                .build();
        return KubernetesPin.of(settings(kubectl, Optional.empty()), tags(tags), state);
    }

    private static ClusterTags tags(Map<String, String> tags) {
        return new ClusterTags(
                new Ownership(new Owner("mine000000", "me"), Optional.of("spark-dev"), tags), "spark-dev");
    }

    private static KubernetesSettings settings(Kubectl kubectl, Optional<String> identifier) {
        var builder = KubernetesSettings.of("spark-dev", kubectl).toBuilder();
        identifier.ifPresent(builder::clusterIdentifier);
        return builder.build();
    }

    /** A state as the backend has it. */
    private static StateObjects state(String context, String identifier) {
        return StateObjects.of(List.of(
                JsonParser.parseString(
                                "{\"type\": \"pulumi:providers:kubernetes\", \"id\": \"x\", \"inputs\": {\"context\": \""
                                        + context + "\", \"clusterIdentifier\": \"" + identifier + "\"}}")
                        .getAsJsonObject(),
                JsonParser.parseString("{\"type\": \"kubernetes:core/v1:Namespace\", \"id\": \"spark-dev\"}")
                        .getAsJsonObject()));
    }
}
