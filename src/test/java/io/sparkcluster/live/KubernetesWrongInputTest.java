package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real Kubernetes cluster makes of stacks that cannot work in it: each is refused before anything is made. */
@Tag("live")
@Tag("kubernetes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesWrongInputTest {

    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final String OTHERS = "spark-others";
    private static final String CLAIM = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Mi}}}
            """;

    @BeforeAll
    void makeSomebodyElsesNamespace() {
        kubectl("create", "namespace", OTHERS).orFail();
    }

    @AfterAll
    void removeIt() {
        kubectl("delete", "namespace", OTHERS, "--ignore-not-found").orFail();
    }

    @Test
    void aContextThatIsNotThereIsRefusedWithThoseThatAre(@TempDir Path folder) {
        assertThat(refusal(folder, Map.of("kubernetes.context", "nowhere")))
                .contains("kubernetes.context: nowhere is refused", "no such context", "minikube");
    }

    @Test
    void aClusterThatDoesNotAnswerIsTold(@TempDir Path folder) throws IOException {
        Path config = folder.resolve("kubeconfig");
        Files.writeString(config, """
                apiVersion: v1
                kind: Config
                contexts: [{name: gone, context: {cluster: gone, user: gone}}]
                clusters: [{name: gone, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: gone, user: {}}]
                """);

        assertThat(refusal(folder, Map.of("kubernetes.context", "gone", "kubernetes.kubeconfig", config.toString())))
                .contains("no Kubernetes cluster answers there", "make testbed-kubernetes-up");
    }

    @Test
    void aUserWithoutRightsIsTold(@TempDir Path folder) throws IOException {
        kubectl("--namespace", OTHERS, "create", "serviceaccount", "guest").orFail();
        String token = kubectl("--namespace", OTHERS, "create", "token", "guest")
                .orFail()
                .text()
                .strip();
        String server = kubectl("config", "view", "--minify", "--output", "jsonpath={.clusters[0].cluster.server}")
                .orFail()
                .text();
        String authority = kubectl(
                        "config",
                        "view",
                        "--raw",
                        "--minify",
                        "--output",
                        "jsonpath={.clusters[0].cluster.certificate-authority-data}")
                .orFail()
                .text();
        Path config = folder.resolve("kubeconfig");
        Files.writeString(config, """
                apiVersion: v1
                kind: Config
                contexts: [{name: guest, context: {cluster: one, user: guest}}]
                clusters: [{name: one, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: guest, user: {token: "%s"}}]
                """.formatted(server, authority, token));

        assertThat(refusal(
                        folder,
                        Map.of(
                                "kubernetes.context",
                                "guest",
                                "kubernetes.kubeconfig",
                                config.toString(),
                                "kubernetes.createNamespace",
                                "false",
                                "kubernetes.namespace",
                                OTHERS)))
                .contains("kubernetes.namespace: " + OTHERS + " is refused", "may not create stateful sets");
    }

    @Test
    void aCertificateThatHasEndedIsTold(@TempDir Path folder) throws IOException {
        Path config = folder.resolve("kubeconfig");
        Files.writeString(
                config,
                Shell.run(SHORT, Path.of("."), Map.of(), "testbed/kubernetes/ended-user")
                        .orFail()
                        .text());

        assertThat(refusal(folder, Map.of("kubernetes.context", "ended", "kubernetes.kubeconfig", config.toString())))
                .contains(
                        "kubernetes.context: ended is refused", "does not know this user", "ask for a new kubeconfig");
    }

    @Test
    void aQuotaThatIsTooLowIsTold(@TempDir Path folder) {
        kubectl("--namespace", OTHERS, "create", "quota", "small", "--hard=limits.memory=2Gi,pods=10")
                .orFail();

        assertThat(refusal(
                        folder,
                        Map.of(
                                "kubernetes.context",
                                "minikube",
                                "kubernetes.createNamespace",
                                "false",
                                "kubernetes.namespace",
                                OTHERS)))
                .contains("its quota small allows 2Gi of limits.memory", "workers.count")
                .doesNotContain("of pods");
    }

    @Test
    void somebodyElsesNamespaceIsNotTakenOver(@TempDir Path folder) {
        assertThat(refusal(folder, Map.of("kubernetes.context", "minikube", "kubernetes.namespace", OTHERS)))
                .contains("is not this stack's", "createNamespace");
    }

    @Test
    void somebodyElsesObjectsAreNotTakenOver(@TempDir Path folder) {
        kubectl("--namespace", OTHERS, "create", "configmap", "spark-wrong-edge-config", "--from-literal=theirs=1")
                .orFail();
        kubectl(
                        "--namespace",
                        OTHERS,
                        "label",
                        "configmap",
                        "spark-wrong-edge-config",
                        "io.sparkcluster.owner=hers0000",
                        "io.sparkcluster.cluster=spark-wrong")
                .orFail();
        kubectl(
                        "--namespace",
                        OTHERS,
                        "annotate",
                        "configmap",
                        "spark-wrong-edge-config",
                        "io.sparkcluster.owner.name=bob on desktop")
                .orFail();
        kubectl("--namespace", OTHERS, "create", "service", "clusterip", "spark-wrong-master", "--tcp=7077")
                .orFail();

        assertThat(refusal(folder, inTheirs(Map.of())))
                .contains("(ConfigMap spark-wrong-edge-config)", "which belongs to bob on desktop")
                .contains("of no Spark cluster (Service spark-wrong-master)")
                .contains("pulumi config set name spark-wrong-2\n");
        assertThat(kubectl(
                                "--namespace",
                                OTHERS,
                                "get",
                                "configmap",
                                "spark-wrong-edge-config",
                                "--output",
                                "jsonpath={.data}")
                        .orFail()
                        .text())
                .isEqualTo("{\"theirs\":\"1\"}");
    }

    @Test
    void aWorkspaceThatDoesNotExistIsRefusedWithThoseThatDo(@TempDir Path folder) throws IOException {
        Path claim = folder.resolve("claim.yaml");
        Files.writeString(claim, CLAIM.formatted("models"));
        kubectl("--namespace", OTHERS, "apply", "--filename", claim.toString()).orFail();

        assertThat(refusal(folder, inTheirs(Map.of("workspace.existing", "nothing"))))
                .contains("workspace.existing: nothing is refused", "models");
    }

    @Test
    void aWorkspaceThatExistsIsNotInTheWay(@TempDir Path folder) throws IOException {
        Path claim = folder.resolve("claim.yaml");
        Files.writeString(claim, CLAIM.formatted("data"));
        kubectl("--namespace", OTHERS, "apply", "--filename", claim.toString()).orFail();

        assertThat(refusal(folder, inTheirs(Map.of("workspace.existing", "data"))))
                .contains("workers.memory: ")
                .doesNotContain("workspace.existing");
    }

    private static Map<String, String> inTheirs(Map<String, String> values) {
        var all = new TreeMap<>(values);
        all.putAll(Map.of(
                "kubernetes.context",
                "minikube",
                "kubernetes.createNamespace",
                "false",
                "kubernetes.namespace",
                OTHERS,
                // Refused whatever else is right, so that nothing is made.
                "workers.memory",
                "4000g"));
        return all;
    }

    @Test
    void storageNodesAndPortsThatDoNotFitAreToldTogether(@TempDir Path folder) {
        kubectl("--namespace", OTHERS, "create", "service", "nodeport", "taken", "--tcp=80", "--node-port=30999")
                .orFail();

        String said = refusal(
                folder,
                Map.of(
                        "kubernetes.context", "minikube",
                        "kubernetes.storageClass", "golden",
                        "kubernetes.exposure", "nodePort",
                        "master.uiPort", "30998",
                        "edge.port", "30999",
                        "workers.memory", "4000g"));

        assertThat(said)
                .contains("kubernetes.storageClass: golden is refused", "standard")
                .contains("edge.port: 30999 is refused", OTHERS + "/taken")
                .contains("workers.memory: ")
                .doesNotContain("master.uiPort: ");
    }

    private static String refusal(Path folder, Map<String, String> values) {
        try (var stack = LiveStack.create("wrong", folder)) {
            var all = new TreeMap<>(values);
            all.put("platform", "kubernetes");
            stack.configure(all);
            String said = stack.failingUp();
            assertThat(said).doesNotContain("kubernetes:core/v1:Namespace", "sparkcluster:index:");
            return said;
        }
    }

    private static Shell.Result kubectl(String... arguments) {
        var all = new String[arguments.length + 3];
        all[0] = "kubectl";
        all[1] = "--context";
        all[2] = "minikube";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Shell.run(SHORT, Path.of("."), Map.of(), all);
    }
}
