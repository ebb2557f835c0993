package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.sparkcluster.platform.kubernetes.StateObjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Where a stack stays whatever becomes current, and when it may go elsewhere. */
class KubernetesPinTest {

    private static StateObjects unread() {
        throw new AssertionError("the state is read only where the tags do not answer");
    }

    @Test
    void theFirstRunKeepsTheContext() {
        var pin = pin("current", "minikube", Map.of(), () -> StateObjects.NONE);

        assertThat(pin.problem()).isEmpty();
        assertThat(pin.identifier()).isEqualTo("minikube");
        assertThat(kept(pin, Map.of())).isEqualTo(Map.of("context", "minikube"));
    }

    @Test
    void theSameContextNeedsNoLookIntoTheState() {
        var tags = Map.of("context", "minikube");
        var pin = pin("minikube", "minikube", tags, KubernetesPinTest::unread);

        assertThat(pin.problem()).isEmpty();
        assertThat(kept(pin, tags)).isEmpty();
    }

    @Test
    void anotherContextIsRefusedWithBothNames() {
        var pin = pin("current", "prod", Map.of("context", "minikube"), () -> state("minikube", "minikube"));

        assertThat(pin.problem())
                .get()
                .asString()
                .contains("kubernetes.context: prod is refused", "kubectl's current one now", "in the context minikube")
                .contains("pulumi config set --path kubernetes.context minikube")
                .contains("pulumi config set --path kubernetes.clusterIdentifier minikube");
    }

    @Test
    void withoutTagsTheStateSaysWhereTheObjectsAre() {
        var pin = pin("prod", "prod", Map.of(), () -> state("minikube", "minikube"));

        assertThat(pin.problem()).get().asString().contains("prod is refused", "in the context minikube");
    }

    @Test
    void aStackThatHasNothingLeftMayGoElsewhere() {
        var tags = Map.of("context", "minikube", "cluster-identifier", "current");
        var pin = pin("prod", "prod", tags, () -> StateObjects.NONE);

        assertThat(pin.problem()).isEmpty();
        assertThat(kept(pin, tags)).isEqualTo(Map.of("context", "prod", "cluster-identifier", "prod"));
    }

    /** Another identifier would replace the provider, and with it everything. */
    @Test
    void anEarlierReleasesIdentifierStays() {
        var pin = pin("current", "minikube", Map.of(), () -> state("minikube", "current"));

        assertThat(pin.problem()).isEmpty();
        assertThat(pin.identifier()).isEqualTo("current");
        var tags = kept(pin, Map.of());
        assertThat(tags).isEqualTo(Map.of("context", "minikube", "cluster-identifier", "current"));
        assertThat(pin("minikube", "minikube", tags, KubernetesPinTest::unread).identifier())
                .isEqualTo("current");
    }

    @Test
    void theIdentifierIsTheUsersWordThatARenamedContextIsTheSame() {
        var pin = KubernetesPin.of(
                config("renamed", Optional.of("minikube")),
                "renamed",
                Map.of("context", "minikube"),
                () -> state("minikube", "minikube"));

        assertThat(pin.problem()).isEmpty();
        assertThat(pin.context()).isEqualTo("renamed");
        assertThat(pin.identifier()).isEqualTo("minikube");
    }

    @Test
    void anotherIdentifierIsRefusedWhileThereAreObjects() {
        var config = config("minikube", Optional.of("other"));
        var tags = Map.of("context", "minikube");

        assertThat(KubernetesPin.of(config, "minikube", tags, () -> state("minikube", "minikube"))
                        .problem())
                .get()
                .asString()
                .contains("kubernetes.clusterIdentifier: other is refused", "under the identifier minikube");
        assertThat(KubernetesPin.of(config, "minikube", tags, () -> StateObjects.NONE)
                        .problem())
                .isEmpty();
    }

    private static Map<String, String> kept(KubernetesPin pin, Map<String, String> tags) {
        var kept = new TreeMap<String, String>();
        pin.keep(tags, kept::put);
        return kept;
    }

    private static KubernetesPin pin(
            String configured, String actual, Map<String, String> tags, Supplier<StateObjects> state) {
        return KubernetesPin.of(config(configured, Optional.empty()), actual, tags, state);
    }

    private static KubernetesConfig config(String context, Optional<String> identifier) {
        var raw = new TreeMap<String, String>();
        raw.put(
                "p:kubernetes",
                identifier
                        .map(name -> "{\"context\": \"" + context + "\", \"clusterIdentifier\": \"" + name + "\"}")
                        .orElse("{\"context\": \"" + context + "\"}"));
        return KubernetesConfig.read(ConfigValues.of("p", raw), "spark-dev", true, Optional.empty());
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
