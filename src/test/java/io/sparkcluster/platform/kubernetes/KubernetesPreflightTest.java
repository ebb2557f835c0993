package io.sparkcluster.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ClusterPlans;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Traits;
import io.sparkcluster.platform.TestOwners;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a Kubernetes cluster in which the stack could not run; {@code kubectl}'s answers are those of 1.34. */
class KubernetesPreflightTest {

    private static final KubernetesSettings SETTINGS = KubernetesSettings.of("spark", Kubectl.context("minikube"));

    private final Map<String, KubernetesPreflight.Answer> answers = new LinkedHashMap<>();
    private KubernetesSettings settings = SETTINGS;
    private ClusterSpec spec = ClusterSpec.of("spark-dev");
    private StateObjects state = StateObjects.NONE;
    private final List<String> announced = new ArrayList<>();

    @Test
    void aFittingClusterHasNoProblem() {
        assertThat(check()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            error: context "minikube" does not exist | kind-one | Name one of them
            The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port? | no Kubernetes cluster answers | Start one (minikube start), or name another context.
            Unable to connect to the server: tls: failed to verify certificate: x509: certificate has expired or is not yet valid | certificate is not accepted | update-context
            error: You must be logged in to the server (Unauthorized) | does not know this user | Log in again
            Cannot run program "kubectl": error=2, No such file or directory | no kubectl on the PATH | Install it
            """)
    void anUnreachableClusterIsToldByItsKind(String error, String rule, String remedy) {
        answers.put("version", new KubernetesPreflight.Answer(1, "", error));
        answers.put("get-contexts", new KubernetesPreflight.Answer(0, "kind-one\nkind-two\n", ""));

        assertThat(check()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("kubernetes.context");
            assertThat(problem.toString()).contains(rule, remedy);
        });
    }

    @Test
    void aNamespaceOfSomebodyElseIsNotTakenOver() {
        answers.put("get namespace spark", ok("Namespace\tspark\thers0000\tbob on desktop\tspark-bob\t"));
        answers.put("get namespaces", ok("spark\nspark-2\n"));

        assertThat(check())
                .singleElement()
                .asString()
                .contains("kubernetes.namespace: spark is refused", "\"spark-bob\", which belongs to bob on desktop")
                .contains("\n      set kubernetes.namespace to spark-3\n");
    }

    @Test
    void aNamespaceWithoutLabelsIsNotTakenOver() {
        answers.put("get namespace spark", ok("Namespace\tspark\t\t\t\t"));

        assertThat(check()).extracting(Problem::field).containsExactly("kubernetes.namespace");
    }

    @Test
    void theStacksOwnNamespaceIsTakenUpAgain() {
        answers.put("get namespace spark", ok("Namespace\tspark\tmine0000\tme\tspark-dev\t"));

        assertThat(check()).isEmpty();
    }

    @Test
    void objectsOfSomebodyElseAreRefusedAllAtOnceWithTheirOwner() {
        answers.put("networkpolicies", ok("""
                NetworkPolicy\tspark-dev\thers0000\tbob on desktop\tspark-dev\t
                StatefulSet\tspark-dev-master\thers0000\tbob on desktop\tspark-dev\t
                Secret\tspark-dev-spark-auth\tmine0000\tme\tspark-dev\t
                ConfigMap\tspark-dev-edge-config\t\t\t\t
                PersistentVolumeClaim\trecovery-spark-dev-master-0\t\t\tspark-dev\t
                """));
        answers.put("get statefulsets.apps --namespace", ok("spark-dev-master\nspark-dev-2-master\n"));

        assertThat(check())
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        bobs -> assertThat(bobs)
                                .contains("name: spark-dev is refused", "which belongs to bob on desktop")
                                .contains("(NetworkPolicy spark-dev; StatefulSet spark-dev-master)")
                                .contains("\n      set name to spark-dev-3\n")
                                .endsWith("\n      set kubernetes.namespace to NAME"),
                        nobodys ->
                                assertThat(nobodys).contains("of no Spark cluster (ConfigMap spark-dev-edge-config)"));
    }

    @Test
    void whatAnEarlierReleaseMadeIsTakenOverIfTheStateHasIt() {
        String made = """
                StatefulSet\tspark-dev-master\t\t\tspark-dev\tspark-cluster.dev
                PersistentVolumeClaim\tspark-dev-workspace\t\t\tspark-dev\tspark-cluster.dev
                """;
        answers.put("networkpolicies", ok(made));

        assertThat(check())
                .singleElement()
                .asString()
                .contains(
                        "an earlier release made for the stack spark-cluster/dev",
                        "the state of this stack does not know");

        state = new StateObjects(
                Set.of("StatefulSet spark/spark-dev-master", "PersistentVolumeClaim spark/spark-dev-workspace"),
                Optional.of("minikube"),
                Optional.of("minikube"));
        assertThat(check()).isEmpty();
        assertThat(announced).singleElement().asString().contains("taking it over", "its workspace stays");
    }

    @Test
    void aWorkspaceOfSomebodyElseIsUsedOnlyWhereItIsNamed() {
        answers.put("networkpolicies", ok("PersistentVolumeClaim\tspark-dev-workspace\thers0000\tbob\tspark-dev\t\n"));

        assertThat(check())
                .singleElement()
                .asString()
                .contains("To use that workspace: set workspace.existing to spark-dev-workspace. ");
    }

    @Test
    void anExistingWorkspaceMustExist() {
        spec = spec.toBuilder().workspace(SharedVolumeSpec.existing("shared")).build();
        answers.put("get persistentvolumeclaims", ok("data\nmodels\n"));

        assertThat(check())
                .singleElement()
                .asString()
                .contains("workspace.existing: shared is refused", "it has data, models");

        answers.put("get persistentvolumeclaims", ok("data\nshared\n"));
        assertThat(check()).isEmpty();
    }

    @Test
    void aWorkspaceThatAnotherResourceNamesIsNotLookedFor() {
        spec = spec.toBuilder().workspace(SharedVolumeSpec.existingNamedLater()).build();
        answers.put("get persistentvolumeclaims", ok("data\nmodels\n"));

        assertThat(check()).isEmpty();
    }

    @Test
    void whoMayNotLookAtObjectsIsToldSo() {
        answers.put(
                "networkpolicies",
                new KubernetesPreflight.Answer(1, "", "Error from server (Forbidden): secrets is forbidden\n"));

        assertThat(check())
                .singleElement()
                .asString()
                .contains("kubernetes.namespace: spark", "nobody knows whose they are", "secrets is forbidden");
    }

    @Test
    void missingRightsAreNamed() {
        answers.put("can-i", new KubernetesPreflight.Answer(1, "no\n", ""));

        assertThat(check()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("stateful sets"));
    }

    @Test
    void everyKindOfNodeThatStartsExecutorsNeedsTheRight() {
        answers.put("create rolebindings", new KubernetesPreflight.Answer(1, "no\n", ""));
        assertThat(check()).isEmpty();

        assertThat(check(withConnect()))
                .singleElement()
                .hasToString(
                        "connect: connect is refused: this user may not create role bindings in the namespace spark,"
                                + " by which the connect node would get the right to start executors."
                                + " Ask for the role admin in the namespace, or leave this node out.");

        spec = spec.toBuilder().clusterManager(ClusterManager.KUBERNETES).build();
        assertThat(check())
                .singleElement()
                .asString()
                .startsWith("clusterManager: kubernetes is refused")
                .contains("by which the edge node would get", "or set clusterManager to standalone");
    }

    /** A cluster with a master, workers, and a node of a new kind that starts executors as pods. */
    private ClusterPlan withConnect() {
        var naming = Naming.pods("spark");
        var plan = ClusterPlan.of(spec, naming);
        var edge = ClusterPlan.of(
                        spec.toBuilder()
                                .clusterManager(ClusterManager.KUBERNETES)
                                .build(),
                        naming)
                .edge();
        var group = new NodeGroup(
                "connect",
                new NodeKind("connect", "connect", edge.kind().image()),
                Optional.empty(),
                "spark-dev-connect",
                "connect",
                new Traits(false, false, false),
                new TreeMap<>(),
                Set.of(),
                Optional.empty());
        var connect = new NodeSpec(
                group,
                naming.name(group, 1),
                edge.command(),
                edge.environment(),
                edge.nameVariables(),
                edge.sparkConf(),
                List.of(),
                edge.mounts(),
                edge.health(),
                edge.resources(),
                edge.stop(),
                edge.executorPods());
        return ClusterPlans.with(plan, connect);
    }

    @Test
    void aStorageClassOfOneNodeIsRefusedOnSeveral() {
        answers.put("nodes", ok("24655204Ki 4\n24655204Ki 4\n"));

        assertThat(check()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("kubernetes.storageClass: standard", "has 2"));
    }

    @Test
    void aMissingStorageClassIsRefusedWithThoseThatThereAre() {
        settings = SETTINGS.toBuilder().storageClass("fast").build();

        assertThat(check()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("kubernetes.storageClass: fast", "no such storage class", "standard"));
    }

    @Test
    void nodesThatAreTooSmallAreNamedForEveryRole() {
        answers.put("nodes", ok("1900Mi 4\n"));

        assertThat(check()).extracting(Problem::field).containsExactly("workers.memory", "edge.memory");
    }

    @Test
    void aPodReservesNoMoreCpusThanANodeHas() {
        answers.put("nodes", ok("24655204Ki 1500m\n"));
        assertThat(check())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        workers -> assertThat(workers).contains("workers.cores: 2", "1500m"),
                        edge -> assertThat(edge).contains("edge.cpus: 2", "1500m"));

        settings = SETTINGS.toBuilder().cpuRequestPercent(50).build();
        assertThat(check()).isEmpty();
    }

    /** Two nodes of 4 CPUs hold 7 at 100 %, and one does not; nodes that nobody may look at, or that come with the first pods, say nothing. */
    @Test
    void podsThatTogetherReserveMoreThanThereIsAreToldWhereThatIsKnown() {
        answers.put("nodes", ok("24655204Ki 4\n24655204Ki 4\n"));
        assertThat(warnings()).isEmpty();
        answers.put("nodes", ok("6Gi 4\n"));
        assertThat(warnings())
                .satisfiesExactly(
                        memory -> assertThat(memory).contains("reserve 8g of memory", "have 6g for pods"),
                        cpus -> assertThat(cpus).contains("reserve 7 CPUs", "have 4 for pods"));
        answers.put("nodes", ok(""));
        assertThat(warnings()).isEmpty();
        answers.put("nodes", new KubernetesPreflight.Answer(1, "", "forbidden"));
        assertThat(warnings()).isEmpty();
    }

    /** A Minikube of two CPUs, whose own pods reserve 750 millicores of them; the cluster's own pods are there already, with an executor. */
    @Test
    void whatOtherPodsReserveIsNotThereForTheCluster() {
        settings = SETTINGS.toBuilder().cpuRequestPercent(25).build();
        answers.put("nodes", ok("16Gi 2\n"));
        answers.put("get pods", ok("""
                kube-system||100m|70Mi
                kube-system||250m|
                kube-system||200m 200m|100Mi 200Mi
                spark|spark-dev|250m|1Gi
                spark|spark-dev|500m|2Gi
                spark|spark-dev|500m|2Gi
                """));
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(
                        "reserve 1.75 CPUs (25 % of",
                        "have 2 for pods, of which other pods reserve 0.75: some pods wait");

        settings = SETTINGS.toBuilder().cpuRequestPercent(15).build();
        assertThat(warnings()).isEmpty();
        answers.put("get pods", ok("hers|spark-dev|100m|12Gi\nhers|||\n"));
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("reserve 8g of memory", "have 16g for pods, of which other pods reserve 12g");
        answers.put("get pods", new KubernetesPreflight.Answer(1, "", "forbidden"));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aQuotaThatIsTooLowIsNamedWithWhatIsNeeded() {
        answers.put("resourcequotas", ok("""
                {"items": [
                  {"metadata": {"name": "small"}, "spec": {"hard": {"limits.memory": "2Gi", "requests.cpu": "500m", "pods": "10"}}},
                  {"metadata": {"name": "some"}, "spec": {"hard": {"pods": "1"}, "scopes": ["BestEffort"]}}
                ]}
                """));

        assertThat(check())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        memory -> assertThat(memory)
                                .contains("kubernetes.namespace: spark", "small allows 2Gi of limits.memory", "8192Mi"),
                        cpus -> assertThat(cpus).contains("500m of requests.cpu", "workers.count"));
    }

    @Test
    void autoscalingNeedsMetrics() {
        spec = spec.toBuilder()
                .workers(WorkerPool.DEFAULT.withAutoscale(Autoscale.upTo(4)))
                .build();
        answers.put("metrics", new KubernetesPreflight.Answer(1, "", "Error from server (NotFound)"));

        assertThat(check()).extracting(Problem::field).containsExactly("workers.autoscale");
    }

    @Test
    void aTakenNodePortIsNamedWithItsOwner() {
        settings = SETTINGS.toBuilder().exposure(Exposure.NODE_PORT).build();
        spec = spec.toBuilder()
                .master(spec.master().withUiPort(30080))
                .edge(spec.edge().withPort(30088))
                .build();
        answers.put("services", ok("web/shop 30088\nspark/spark-dev-master-access 30080\n"));

        assertThat(check()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("edge.port: 30088", "web/shop"));
    }

    @ParameterizedTest
    @CsvSource({"24655204Ki,24077", "23Gi,23552", "1900Mi,1900", "1073741824,1024", "1Pi,1073741824", "1048576000m,1"})
    void readsQuantities(String quantity, long mebibytes) {
        assertThat(Quantities.mebibytes(quantity)).isEqualTo(mebibytes);
    }

    private List<String> warnings() {
        return new KubernetesPreflight(settings, this::answer).warnings(ClusterPlan.of(spec, Naming.pods("spark")));
    }

    private List<Problem> check() {
        return check(ClusterPlan.of(spec, Naming.pods("spark")));
    }

    private List<Problem> check(ClusterPlan plan) {
        return new KubernetesPreflight(settings, this::answer)
                .withState(() -> state)
                .check(plan, true, TestOwners.MINE, announced::add);
    }

    /** The first answer whose words are in the question; a good one-node cluster for the rest. */
    private KubernetesPreflight.Answer answer(List<String> arguments) {
        String question = String.join(" ", arguments);
        return answers.entrySet().stream()
                .filter(entry -> question.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> {
                    if (question.contains("nodes")) {
                        return ok("24655204Ki 4\n");
                    }
                    if (question.contains("storageclasses")) {
                        return ok("standard k8s.io/minikube-hostpath true\n");
                    }
                    if (question.contains("resourcequotas")) {
                        return ok("{\"items\": []}");
                    }
                    return ok(question.contains("can-i") ? "yes\n" : "");
                });
    }

    private static KubernetesPreflight.Answer ok(String output) {
        return new KubernetesPreflight.Answer(0, output, "");
    }
}
