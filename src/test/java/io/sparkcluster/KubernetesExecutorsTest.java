package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.platform.docker.DockerPlatform;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The objects of a cluster whose executors are pods. After a change that is meant, write the reviewed manifests anew with {@code ./mvnw test
 * -Dtest=KubernetesExecutorsTest -Dplans.write=true} and look at the difference.
 */
class KubernetesExecutorsTest {

    private static final Path REVIEWED = Path.of("src", "test", "resources", "manifests", "kubernetes-executors.yaml");
    private static final KubernetesSettings SETTINGS =
            KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .build();
    private static final ClusterSpec SPEC = ClusterSpec.builder("spark-pods")
            .clusterManager(ClusterManager.KUBERNETES)
            .build();

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void isAsReviewed() throws IOException {
        String text = Manifest.text(run(SETTINGS));
        if (Boolean.getBoolean("plans.write")) {
            Files.writeString(REVIEWED, text);
        }

        assertThat(REVIEWED).hasContent(text);
    }

    @Test
    void everyObjectAndEveryTemplateIsOneOfKubernetesOpenApiDocument() throws IOException {
        Run run = run(SETTINGS);

        OpenApi.validate(Manifest.of(run));
        for (String role : List.of("executor", "driver")) {
            OpenApi.validate("Pod", JsonParser.parseString(templateText(run, role)));
        }
    }

    /** An order that differs from run to run would read as a change in every run. */
    @Test
    void theTextOfATemplateHasOneOrder() {
        var spec = JsonParser.parseString(templateText(run(SETTINGS), "executor"))
                .getAsJsonObject()
                .getAsJsonObject("spec");

        assertThat(List.copyOf(spec.keySet())).isSorted();
        assertThat(List.copyOf(spec.getAsJsonObject("securityContext").keySet()))
                .hasSize(6)
                .isSorted();
    }

    @Test
    void thereIsNeitherMasterNorWorker() {
        Run run = run(SETTINGS);

        assertThat(Manifest.of(run))
                .filteredOn(manifest -> manifest.kind().equals("StatefulSet"))
                .extracting(Manifest::name)
                .containsExactly("spark-pods-edge");
        assertThat(run.registrations()).extracting(Registration::name).noneMatch(name -> name.contains("master"));
    }

    /** What Spark does in both modes was found out on a Kubernetes cluster that enforces these rights; more is more than a notebook should have. */
    @Test
    void theEdgeNodeMayDoWhatSparkDoesAndNoMore() {
        var rules = Manifest.list(only(run(SETTINGS), "Role"), "rules");

        assertThat(rules).hasSize(3).allSatisfy(rule -> {
            assertThat(rule.get("apiGroups")).isEqualTo(List.of(""));
            assertThat(rule).doesNotContainKey("resourceNames");
        });
        assertThat(rules)
                .extracting(rule -> rule.get("resources") + " " + rule.get("verbs"))
                .containsExactlyInAnyOrder(
                        "[pods] [create, delete, deletecollection, get, list, patch, watch]",
                        "[configmaps] [create, patch]",
                        "[services] [create, patch]");
    }

    @Test
    void onlyPodsThatStartOthersHaveAToken() {
        Run run = run(SETTINGS);

        assertThat(Manifest.map(only(run, "StatefulSet"), "spec", "template", "spec"))
                .containsEntry("automountServiceAccountToken", true)
                .containsEntry("serviceAccountName", "spark-pods-edge");
        assertThat(only(run, "ServiceAccount")).containsEntry("automountServiceAccountToken", false);
        assertThat(Manifest.map(template(run, "executor"), "spec"))
                .containsEntry("automountServiceAccountToken", false)
                .doesNotContainKey("serviceAccountName");
        assertThat(Manifest.map(template(run, "driver"), "spec")).containsEntry("automountServiceAccountToken", true);
    }

    /** The profile "restricted", which the namespace enforces, and the labels by which the cluster's policy finds them. */
    @Test
    void podsOfTemplatesAreHardenedAndBelongToTheCluster() {
        Run run = run(SETTINGS);

        for (String role : List.of("executor", "driver")) {
            var pod = template(run, role);
            assertThat(Manifest.map(pod, "metadata", "labels"))
                    .containsEntry("io.sparkcluster.cluster", "spark-pods")
                    .containsEntry("io.sparkcluster.role", role);
            var spec = Manifest.map(pod, "spec");
            assertThat(spec).containsEntry("enableServiceLinks", false);
            assertThat(Manifest.map(spec, "securityContext"))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            var container = Manifest.list(spec, "containers").get(0);
            assertThat(Manifest.map(container, "securityContext"))
                    .containsEntry("allowPrivilegeEscalation", false)
                    .containsEntry("readOnlyRootFilesystem", true)
                    .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
            assertThat(Manifest.list(spec, "volumes")).allSatisfy(volume -> assertThat(volume.keySet())
                    .containsAnyOf("emptyDir", "secret", "persistentVolumeClaim"));
        }
    }

    @Test
    void secretsAreFilesInEveryPodAndInNoDescription() {
        Run run = run(SETTINGS);

        assertThat(run.registrations())
                .allSatisfy(registration -> assertThat(registration.texts().values())
                        .noneMatch(text -> text.contains(MockedEngine.STASHED)));
        assertThat(defaults(run)).contains("spark.authenticate.secret.file /run/spark-cluster/spark-auth/secret");
        assertThat(Manifest.list(edgeContainer(run), "env"))
                .extracting(variable -> variable.get("name"))
                .doesNotContain("SPARK_AUTH_SECRET_FILE");
    }

    @Test
    void whatOnlyThePlatformKnowsReachesSparkByVariables() {
        Run run = run(SETTINGS);
        var names = Manifest.list(edgeContainer(run), "env").stream()
                .map(variable -> Manifest.at(variable, "name").toString())
                .toList();
        var wanted = defaults(run)
                .lines()
                .filter(line -> line.contains("${env:"))
                .map(line -> line.replaceAll(".*\\$\\{env:(\\w+)}.*", "$1"))
                .toList();

        assertThat(wanted).hasSize(5);
        assertThat(names).containsAll(wanted);
        assertThat(Manifest.list(
                                Manifest.list(template(run, "driver"), "spec", "containers")
                                        .get(0),
                                "env")
                        .stream()
                        .map(variable -> Manifest.at(variable, "name").toString()))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void aDriverInClusterModeEndsWithTheCluster() {
        assertThat(Manifest.list(template(run(SETTINGS), "driver"), "metadata", "ownerReferences"))
                .singleElement()
                .satisfies(owner -> assertThat(owner)
                        .containsEntry("kind", "ServiceAccount")
                        .containsEntry("name", "spark-pods-edge"));
    }

    @Test
    void theFirstApplicationsPageTakesThePlaceOfTheMasters() {
        var nodePorts = SPEC.toBuilder()
                .master(SPEC.master().withUiPort(30080))
                .edge(SPEC.edge().withPort(30088))
                .build();
        Run run = MockedEngine.run(context -> new SparkCluster(
                "spark",
                new SparkClusterArgs(
                        KubernetesPlatform.in(SETTINGS.toBuilder()
                                .exposure(Exposure.NODE_PORT)
                                .build()),
                        nodePorts)));

        var access = Manifest.of(run).stream()
                .filter(manifest -> manifest.name().equals("spark-pods-edge-access")
                        && manifest.kind().equals("Service"))
                .findFirst()
                .orElseThrow();
        assertThat(Manifest.list(access.content(), "spec", "ports"))
                .extracting(port -> port.get("name") + " " + port.get("port") + " " + port.get("nodePort"))
                .containsExactly("jupyterlab 8888 30088", "driver-ui 4040 30080");
    }

    @Test
    void aVisitToThePageOfNoApplicationLeavesJupyterLabsTunnel() {
        var plan = SparkCluster.plan(new SparkClusterArgs(KubernetesPlatform.in(SETTINGS), SPEC));
        var tunnel = new AtomicReference<String>();

        KubernetesPlatform.in(SETTINGS).tunnel(plan).orElseThrow().applyValue(command -> {
            tunnel.set(command);
            return command;
        });

        assertThat(tunnel)
                .hasValue("kubectl --context minikube --namespace spark port-forward --address 127.0.0.1"
                        + " service/spark-pods-edge 8888:8888"
                        + " & while sleep 1; do kubectl --context minikube --namespace spark port-forward --address 127.0.0.1"
                        + " service/spark-pods-edge 8080:4040; done");
    }

    @Test
    void aDockerEngineRefusesItByName() {
        assertThatThrownBy(() -> SparkCluster.plan(new SparkClusterArgs(DockerPlatform.local(), SPEC)))
                .hasMessageContainingAll("clusterManager", "platform");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedAtOnce() {
        var spec = SPEC.toBuilder()
                .applications(ApplicationSpec.DEFAULT.withConcurrent(3))
                .workers(WorkerPool.DEFAULT.withAutoscale(Autoscale.upTo(6)))
                .sparkConf("spark.kubernetes.namespace", "default")
                .build();

        assertThatThrownBy(() -> SparkCluster.plan(new SparkClusterArgs(KubernetesPlatform.in(SETTINGS), spec)))
                .hasMessageContainingAll(
                        "applications.concurrent", "workers.autoscale", "spark.kubernetes.namespace=default");
    }

    private static Run run(KubernetesSettings settings) {
        return MockedEngine.run(
                context -> new SparkCluster("spark", new SparkClusterArgs(KubernetesPlatform.in(settings), SPEC)));
    }

    private static Map<String, Object> only(Run run, String kind) {
        var found = Manifest.of(run).stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0).content();
    }

    private static String defaults(Run run) {
        return Manifest.at(map(run, "spark-pods-edge-config"), "data", "SPARK_DEFAULTS")
                .toString();
    }

    private static Map<String, Object> map(Run run, String name) {
        return Manifest.of(run).stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap"))
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static Map<String, Object> edgeContainer(Run run) {
        return Manifest.list(only(run, "StatefulSet"), "spec", "template", "spec", "containers")
                .get(0);
    }

    private static String templateText(Run run, String role) {
        return Manifest.at(map(run, "spark-pods-edge-pods"), "data", role + ".json")
                .toString();
    }

    private static Map<String, Object> template(Run run, String role) {
        return new Gson().fromJson(templateText(run, role), new TypeToken<Map<String, Object>>() {}.getType());
    }
}
