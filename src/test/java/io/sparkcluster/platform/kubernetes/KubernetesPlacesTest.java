package io.sparkcluster.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sparkcluster.model.Owner;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.platform.ClusterTags;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.program.ProgramWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KubernetesPlacesTest {

    private static final List<JsonObject> STATE = List.of(
            resource("pulumi:pulumi:Stack", "{}"),
            resource("kubernetes:core/v1:Namespace", "{\"id\": \"spark\"}"),
            resource(
                    "kubernetes:core/v1:PersistentVolumeClaim",
                    "{\"id\": \"spark/lab-workspace\", \"outputs\": {\"spec\": {\"storageClassName\": \"standard\"}}}"));

    private static JsonObject resource(String type, String rest) {
        var resource = JsonParser.parseString(rest).getAsJsonObject();
        resource.addProperty("type", type);
        return resource;
    }

    private static KubernetesSettings settings(String namespace) {
        return KubernetesSettings.of(namespace, Kubectl.context("minikube"));
    }

    private static KubernetesSettings stored(String namespace, String storageClass) {
        return settings(namespace).toBuilder().storageClass(storageClass).build();
    }

    private static List<Problem> problems(KubernetesSettings settings, String workspace) {
        return places(STATE, "lab").problems(settings, Optional.of(workspace), Wording.neutral());
    }

    private static KubernetesPlaces places(List<JsonObject> state, String cluster) {
        return new KubernetesPlaces(tags(cluster, Map.of()), () -> state);
    }

    private static ClusterTags tags(String cluster, Map<String, String> tags) {
        return new ClusterTags(new Ownership(new Owner("mine000000", "me"), Optional.of(cluster), tags), cluster);
    }

    @Test
    void aPlaceThatWasInOrderNeedsNoLookIntoTheState() {
        Supplier<List<JsonObject>> unread = () -> {
            throw new AssertionError("the state was read");
        };
        var known = new KubernetesPlaces(tags("lab", Map.of(KubernetesPlaces.PLACE, "spark/lab-workspace/")), unread);

        assertThat(known.problems(settings("spark"), Optional.of("lab-workspace"), Wording.neutral()))
                .isEmpty();
        assertThatThrownBy(() -> known.problems(settings("other"), Optional.of("lab-workspace"), Wording.neutral()))
                .hasMessage("the state was read");
    }

    @Test
    void whatStaysWhereItIsIsNoProblem() {
        assertThat(problems(settings("spark"), "lab-workspace")).isEmpty();
        assertThat(problems(stored("spark", "standard"), "lab-workspace")).isEmpty();
        assertThat(places(List.of(), "lab")
                        .problems(stored("other", "fast"), Optional.of("lab-workspace"), Wording.neutral()))
                .isEmpty();
    }

    @Test
    void anotherNamespaceIsRefused() {
        assertThat(problems(settings("other"), "lab-workspace")).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("kubernetes.namespace");
            assertThat(problem.toString()).contains("other", "namespace is spark");
            assertThat(problem.remedy())
                    .isEqualTo(
                            "Keep the names, or save the files, remove the cluster first (pulumi destroy), and restore them"
                                    + " (pulumi up)");
        });
    }

    @Test
    void anotherWorkspaceIsRefused() {
        assertThat(problems(settings("spark"), "office-workspace"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("spark/office-workspace", "the claim spark/lab-workspace"));
    }

    @Test
    void aNamespaceThatTheStackNoLongerMakesStaysWhereItIs() {
        var settings = settings("other").toBuilder().createNamespace(false).build();

        assertThat(problems(settings, "lab-workspace"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("the claim spark/lab-workspace"));
        assertThat(places(STATE, "lab").problems(settings, Optional.empty(), Wording.neutral()))
                .isEmpty();
    }

    @Test
    void anotherStorageClassIsRefused() {
        assertThat(problems(stored("spark", "fast"), "lab-workspace"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("kubernetes.storageClass");
                    assertThat(problem.toString()).contains("fast", "has the storage class standard");
                    assertThat(problem.remedy())
                            .isEqualTo(
                                    "Set it to standard again, or save the files, remove cluster and workspace, and restore them"
                                            + " into a new one (pulumi up)");
                });
    }

    @Test
    void aReaderWithCommandsForItIsToldThem() {
        assertThat(places(STATE, "lab").problems(settings("other"), Optional.of("lab-workspace"), ProgramWords.words()))
                .extracting(Problem::remedy)
                .containsExactly(
                        "Keep the names, or save the files (make backup FILE=), remove the cluster first (make down, or"
                                + " pulumi destroy), and restore them (make up, make restore FILE=)");
        assertThat(places(STATE, "lab")
                        .problems(stored("spark", "fast"), Optional.of("lab-workspace"), ProgramWords.words()))
                .extracting(Problem::remedy)
                .containsExactly(
                        "Set it to standard again, or save the files (make backup FILE=), remove cluster and workspace"
                                + " (make purge), and restore them into a new one (make up, make restore FILE=)");
    }

    @Test
    void whatBelongsToAnotherClusterOfTheStackIsNotLookedAt() {
        var another = List.of(
                resource(
                        "kubernetes:core/v1:PersistentVolumeClaim",
                        "{\"id\": \"spark/office-workspace\", \"inputs\": {\"metadata\": {\"labels\": {\"io.sparkcluster.cluster\": \"office\"}}}}"));

        assertThat(places(another, "lab").problems(settings("spark"), Optional.of("lab-workspace"), Wording.neutral()))
                .isEmpty();
        assertThat(places(another, "office")
                        .problems(settings("spark"), Optional.of("lab-workspace"), Wording.neutral()))
                .hasSize(1);
    }
}
