package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.pulumi.test.PulumiTest;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The objects that a cluster registers on Kubernetes. After a change that is meant, write the reviewed manifests anew with {@code ./mvnw test
 * -Dtest=KubernetesClusterTest -Dplans.write=true} and look at the difference.
 */
class KubernetesClusterTest {

    private static final Path REVIEWED = Path.of("src", "test", "resources", "manifests", "kubernetes.yaml");
    private static final KubernetesSettings SETTINGS =
            KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .labels(Map.of("team", "analytics"))
                    .build();
    private static final ClusterSpec SPEC = ClusterSpec.of("spark-dev");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void isAsReviewed() throws IOException {
        String stable = Manifest.text(run(SETTINGS, SPEC));
        if (Boolean.getBoolean("plans.write")) {
            Files.createDirectories(REVIEWED.getParent());
            Files.writeString(REVIEWED, stable);
        }

        assertThat(REVIEWED).hasContent(stable);
    }

    @Test
    void everyObjectIsOneOfKubernetesOpenApiDocument() throws IOException {
        var nodePorts = SPEC.toBuilder()
                .workers(WorkerPool.DEFAULT.withAutoscale(Autoscale.upTo(6)))
                .master(SPEC.master().withUiPort(30080))
                .edge(SPEC.edge().withPort(30088))
                .build();

        for (Run run : List.of(
                run(SETTINGS, SPEC),
                run(SETTINGS.toBuilder().exposure(Exposure.NODE_PORT).build(), nodePorts))) {
            var manifests = Manifest.of(run);
            assertThat(manifests)
                    .extracting(Manifest::kind)
                    .contains("StatefulSet", "Service", "Secret", "PersistentVolumeClaim", "NetworkPolicy");
            OpenApi.validate(manifests);
        }
    }

    @Test
    void theCheckAgainstTheDocumentFindsWhatIsNotInIt() {
        var wrong = new JsonObject();
        wrong.addProperty("replicaz", 1);

        assertThatThrownBy(() -> V1StatefulSet.validateJsonElement(wrong)).hasMessageContaining("replicaz");
    }

    /** The rules of the profile "restricted", which the namespace enforces; this finds a violation without a Kubernetes cluster. */
    @Test
    void podsKeepTheRestrictedProfile() {
        assertThat(pods(run(SETTINGS, SPEC))).hasSize(3).allSatisfy((name, pod) -> {
            var security = Manifest.map(pod, "securityContext");
            assertThat(security).containsEntry("runAsNonRoot", true);
            assertThat(security.get("seccompProfile")).isEqualTo(Map.of("type", "RuntimeDefault"));
            assertThat(pod).doesNotContainKeys("hostNetwork", "hostPID", "hostIPC");
            assertThat(pod)
                    .containsEntry("automountServiceAccountToken", false)
                    .containsEntry("enableServiceLinks", false);
            for (var volume : Manifest.list(pod, "volumes")) {
                assertThat(volume.keySet()).containsAnyOf("emptyDir", "secret", "persistentVolumeClaim");
            }
            for (var container : Manifest.list(pod, "containers")) {
                var own = Manifest.map(container, "securityContext");
                assertThat(own)
                        .containsEntry("allowPrivilegeEscalation", false)
                        .containsEntry("readOnlyRootFilesystem", true)
                        .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
                assertThat(container).containsKeys("startupProbe", "readinessProbe", "livenessProbe", "resources");
            }
        });
    }

    @Test
    void secretsAreMarkedAndInNoOtherObject() {
        Run run = run(SETTINGS, SPEC);

        assertThat(run.registrations()).isNotEmpty().allSatisfy(registration -> assertThat(
                        registration.texts().values())
                .noneMatch(text -> text.contains(MockedEngine.STASHED)));
        assertThat(run.named("spark-secrets-spark-auth-file").secretPaths()).containsExactly("/stringData");
    }

    @Test
    void workersAreOneSetAndAllPodsStartAtOnce() {
        Run run = run(
                SETTINGS,
                SPEC.toBuilder().workers(WorkerPool.DEFAULT.withCount(5)).build());

        var workers = run.named("spark-workers-set");
        assertThat(workers.dependencyNames()).doesNotContain("spark-master-node");
        assertThat(run.named("spark-edge-node").dependencyNames())
                .doesNotContain("spark-master-node", "spark-workers-set");
        assertThat(Manifest.map(manifest(run, "StatefulSet", "spark-dev-worker"), "spec"))
                .containsEntry("replicas", 5L);
    }

    @Test
    void everyWorkerAdvertisesItsOwnStableName() {
        var worker = Manifest.list(pods(run(SETTINGS, SPEC)), "spark-dev-worker", "containers")
                .get(0);

        assertThat(Manifest.list(worker, "env")).anySatisfy(variable -> assertThat(variable)
                .containsEntry("name", "SPARK_LOCAL_HOSTNAME")
                .containsEntry("value", "$(POD_NAME).spark-dev-worker.spark.svc.cluster.local"));
    }

    /** By the documentation of Kubernetes and the sources of the official plugin, these are all fields for which one of the plugins would replace it. */
    @Test
    void noPluginReplacesTheWorkspace() {
        Run run = run(SETTINGS, SPEC);

        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().equals("kubernetes:core/v1:PersistentVolumeClaim"))
                .singleElement()
                .satisfies(claim -> assertThat(claim.request().getIgnoreChangesList())
                        .contains(
                                "metadata.name",
                                "metadata.namespace",
                                "spec.accessModes",
                                "spec.selector",
                                "spec.storageClassName",
                                "spec.volumeName",
                                "spec.volumeMode"));
    }

    @Test
    void anAutoscaledSetLeavesItsNumberToTheAutoscaler() {
        Run run = run(
                SETTINGS,
                SPEC.toBuilder()
                        .workers(WorkerPool.DEFAULT.withAutoscale(Autoscale.upTo(6)))
                        .build());

        assertThat(run.named("spark-workers-set").request().getIgnoreChangesList())
                .containsExactly("spec.replicas");
        var autoscaler = manifest(run, "HorizontalPodAutoscaler", "spark-dev-worker");
        assertThat(Manifest.map(autoscaler, "spec"))
                .containsEntry("minReplicas", 2L)
                .containsEntry("maxReplicas", 6L);
        // One worker at a time, each after calm minutes: the one that left before has handed its blocks over.
        assertThat(Manifest.map(autoscaler, "spec", "behavior", "scaleDown"))
                .containsEntry("stabilizationWindowSeconds", 300L);
        assertThat(Manifest.list(autoscaler, "spec", "behavior", "scaleDown", "policies"))
                .singleElement()
                .satisfies(policy ->
                        assertThat(policy).containsEntry("type", "Pods").containsEntry("value", 1L));
    }

    @Test
    void theSmokeTestIsRepeatedAfterAChangeAndNotWhenTheAutoscalerChoosesAnotherNumber() {
        Run run = run(
                SETTINGS,
                SPEC.toBuilder()
                        .workers(WorkerPool.DEFAULT.withAutoscale(Autoscale.upTo(6)))
                        .build());

        assertThat(run.named("spark-smoke-test-job").texts().values())
                .contains("spark-master-node/7", "spark-workers-set/revision-1")
                .doesNotContain("spark-workers-set/7");
    }

    @Test
    void nothingIsOpenedUnlessAsked() {
        Run run = run(SETTINGS, SPEC);

        assertThat(Manifest.of(run))
                .filteredOn(manifest -> manifest.kind().equals("Service"))
                .hasSize(3)
                .allSatisfy(service ->
                        assertThat(Manifest.map(service.content(), "spec")).containsEntry("clusterIP", "None"));
        assertThat(run.registrations())
                .extracting(Registration::name)
                .noneMatch(name -> name.contains("access") || name.contains("node-port"));
    }

    @Test
    void aDescriptionThatKubernetesCannotTakeIsRefusedWithAllItsProblems() {
        var spec = SPEC.toBuilder().workers(WorkerPool.DEFAULT.withCount(0)).build();
        var args = new SparkClusterArgs(
                KubernetesPlatform.in(
                        SETTINGS.toBuilder().exposure(Exposure.NODE_PORT).build()),
                spec);

        assertThatThrownBy(() -> SparkCluster.plan(args))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContainingAll("workers.count", "master.uiPort", "edge.port");
    }

    static Stream<Arguments> deliveries() {
        return Stream.of(
                Arguments.of(ImageDelivery.minikube("it's"), "minikube image load --profile 'it'\\''s' $WANTED"),
                Arguments.of(
                        ImageDelivery.containerd("/run/c.sock"),
                        "docker save $WANTED | ctr --address /run/c.sock --namespace k8s.io images import -"),
                Arguments.of(ImageDelivery.command("load --to here"), "load --to here $WANTED"),
                Arguments.of(ImageDelivery.registry("registry.example.org/team"), "docker push --quiet"));
    }

    @ParameterizedTest
    @MethodSource("deliveries")
    void allImagesThatPodsRunAreDeliveredInOneGo(ImageDelivery delivery, String script) {
        var run = run(SETTINGS.toBuilder().delivery(delivery).build(), SPEC);

        var command = run.registrations().stream()
                .filter(found -> found.name().equals("spark-images-delivery"))
                .findFirst()
                .orElseThrow();
        assertThat(command.texts().get("/create"))
                .startsWith("set -euo pipefail\n")
                .contains(script);
        String wanted = String.valueOf(command.texts().get("/environment/WANTED"));
        String prefix = delivery instanceof ImageDelivery.Registry ? "registry.example.org/team/" : "sparkcluster/";
        assertThat(wanted.split(" ", -1))
                .hasSize(3)
                .satisfiesExactly(
                        master -> assertThat(master).startsWith(prefix + "spark-master:"),
                        worker -> assertThat(worker).startsWith(prefix + "spark-worker:"),
                        edge -> assertThat(edge).startsWith(prefix + "jupyterlab:"));
        assertThat(Manifest.of(run).stream()
                        .filter(manifest -> manifest.kind().equals("StatefulSet"))
                        .map(manifest -> Manifest.map(manifest.content(), "spec", "template", "spec")
                                .toString()))
                .hasSize(3)
                .allSatisfy(containers -> assertThat(containers).contains("image=" + prefix));
    }

    @Test
    void aNameThatWouldInjectSparksOwnVariablesIsRefused() {
        var args = new SparkClusterArgs(KubernetesPlatform.in(SETTINGS), ClusterSpec.of("spark"));

        assertThatThrownBy(() -> SparkCluster.plan(args)).hasMessageContainingAll("name: spark", "SPARK_MASTER_PORT");
    }

    private static Run run(KubernetesSettings settings, ClusterSpec spec) {
        return MockedEngine.run(
                context -> new SparkCluster("spark", new SparkClusterArgs(KubernetesPlatform.in(settings), spec)));
    }

    private static Map<String, Object> manifest(Run run, String kind, String name) {
        return Manifest.of(run).stream()
                .filter(found -> found.kind().equals(kind) && found.name().equals(name))
                .findFirst()
                .orElseThrow()
                .content();
    }

    /** Pod descriptions by the name of their set. */
    private static Map<String, Map<String, Object>> pods(Run run) {
        var pods = new TreeMap<String, Map<String, Object>>();
        Manifest.of(run).stream()
                .filter(manifest -> manifest.kind().equals("StatefulSet"))
                .forEach(manifest ->
                        pods.put(manifest.name(), Manifest.map(manifest.content(), "spec", "template", "spec")));
        return pods;
    }
}
