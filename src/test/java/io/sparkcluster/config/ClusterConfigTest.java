package io.sparkcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Trees that come from no stack. */
class ClusterConfigTest {

    @Test
    void anEmptyTreeIsTheDefaultClusterOnThisMachinesDocker() {
        var config = read(Map.of());

        assertThat(config.cluster()).isEqualTo(ClusterSpec.of("lab"));
        assertThat(config.platform()).isInstanceOf(DockerPlatform.class);
    }

    @Test
    void objectsNumbersAndTruthValuesAreReadAsTheyAre() {
        var cluster = read("""
                        name: analytics
                        workers: {count: 3, memory: 4g, groups: {small: {}, large: {cores: 8}}}
                        master: {cpus: 0.5, uiPort: 18080}
                        edge: {cpus: 2.0}
                        sparkConf: {spark: {sql: {shuffle.partitions: 8}}}
                        smokeTest: false
                        """).cluster();

        assertThat(cluster.name()).isEqualTo("analytics");
        assertThat(cluster.workers().groups())
                .containsExactly(
                        WorkerGroup.of("large", 3, 8, MemorySize.gibibytes(4)),
                        WorkerGroup.of("small", 3, 2, MemorySize.gibibytes(4)));
        assertThat(cluster.master().cpus()).isEqualTo(0.5);
        assertThat(cluster.master().uiPort()).isEqualTo(Port.of(18080));
        assertThat(cluster.sparkConf()).containsExactly(Map.entry("spark.sql.shuffle.partitions", "8"));
        assertThat(cluster.smokeTest()).isFalse();
    }

    /** The values that the README gives as defaults. */
    @Test
    void aHistoryIsReadByEveryKeyAndAnAgeMayBeInDays() {
        var history = read("""
                        history:
                          enabled: true
                          cpus: 0.5
                          memory: 1g
                          port: 18080
                          maxAge: 30d
                          maxApplications: 100
                          maxFiles: 10
                          maxFileSize: 128m
                          volumeSize: 10g
                        """).cluster().history();

        assertThat(history).isEqualTo(HistorySpec.on());
        var other = read("history: {enabled: true, port: 28080, maxAge: 36h, maxApplications: 7, maxFiles: 3}")
                .cluster()
                .history();
        assertThat(other.port()).isEqualTo(Port.of(28_080));
        assertThat(other.maxAge()).isEqualTo(Duration.ofHours(36));
        assertThat(other.maxApplications()).isEqualTo(7);
        assertThat(other.maxFiles()).isEqualTo(3);
    }

    /** Protocols that have one kind of number only hand 3 over as 3.0. */
    @Test
    void aWholeNumberMayBeFloating() {
        var tree = Map.of("workers", Map.of("count", 300.0, "cores", 4.0f), "edge", Map.of("port", 18888.0));

        var cluster = read(tree).cluster();

        assertThat(cluster.workers().count()).isEqualTo(300);
        assertThat(cluster.workers().cores()).isEqualTo(4);
        assertThat(cluster.edge().port()).isEqualTo(Port.of(18888));
        assertThat(problems(Map.of("workers", Map.of("count", 2.5))))
                .containsExactly(
                        "workers.count: \"2.5\" is refused: it must be a whole number. Write it in digits, for example 2.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "0x1p3", "2f"})
    void whatJavaAloneTakesForANumberIsNone(String text) {
        assertThat(problems(Map.of("edge", Map.of("cpus", text))))
                .singleElement()
                .asString()
                .contains("it must be a number");
        assertThat(problems(Map.of("edge", Map.of("cpus", Double.NaN))))
                .singleElement()
                .asString()
                .contains("\"NaN\"");
    }

    @Test
    void everyProblemIsToldAtOnceInWordsForJavaPrograms() {
        assertThat(problems(Map.of(
                        "platform", "mesos",
                        "wrokers", Map.of("count", 3),
                        "master", Map.of("memory", "64m"),
                        "docker", Map.of("engine", "podman"),
                        "name", SecretValue.HIDDEN,
                        "edge", Map.of("port", true))))
                .containsExactlyInAnyOrder(
                        "platform: mesos is refused: it must be one of docker, swarm, kubernetes. Use docker.",
                        "wrokers.count: the key is refused: there is no such key. Did you mean workers.count? Otherwise remove it.",
                        "master.memory: 64m is refused: it must be at least 768m, the master's JVM needs it. Raise master.memory.",
                        "name: [secret] is refused: it is stored as a secret, or holds one, but this program writes it in clear into the"
                                + " descriptions of containers and into the stack's state. If it is none, give it as a plain value.",
                        "edge.port: \"true\" is refused: it must be a port from 1024 to 65535. Write it in digits, for example 8888.");
    }

    @Test
    void theCallerWordsRemedies() {
        var wording = new Wording() {
            @Override
            public String removeIt(String field) {
                return "strike " + field + " from the inputs";
            }

            @Override
            public String reveal(String field) {
                return "take pulumi.secret from " + field;
            }
        };

        assertThatThrownBy(() -> ClusterConfig.reader("lab")
                        .subject("the inputs of cluster \"lab\"")
                        .wording(wording)
                        .read(Map.of(
                                "nonsense", 1,
                                "workers", Map.of("count", SecretValue.HIDDEN),
                                "platform", "kubernetes",
                                "kubernetes", Map.of("context", "minikube"),
                                "docker", Map.of("engine", "podman"))))
                .hasMessageContaining("3 problems in the inputs of cluster \"lab\":")
                .hasMessageContaining("there is no such key. Strike nonsense from the inputs.")
                .hasMessageContaining("If it is none, take pulumi.secret from workers.count.")
                .hasMessageContaining("built by a Docker engine. Strike docker.engine from the inputs.");
    }

    @Test
    void aLeafIsASingleValue() {
        assertThat(problems("""
                        kubernetes: {storageClass: [fast]}
                        workspace: {existing: }
                        proxy: {direct: 2026-01-01}
                        edge: {port: {}}
                        sparkConf: {spark.ui.port: [1, 2]}
                        workers: {count: [3]}
                        """))
                .contains(
                        "kubernetes.storageClass: a list is refused: it must be a text, a number, or true or false. Write one of these, or"
                                + " remove it.",
                        "workspace.existing: (nothing) is refused: it must be a text, a number, or true or false. Write one of these, or"
                                + " remove it.",
                        "proxy.direct: Date is refused: it must be a text, a number, or true or false. Write one of these, or remove it.",
                        "edge.port: an object is refused: it has no keys. Write its value, or remove it.",
                        "sparkConf.spark.ui.port: a list is refused: it must be a text, a number, or true or false. Write one of these, or"
                                + " remove it.",
                        "workers.count: \"[3]\" is refused: it must be a whole number. Write it in digits, for example 2.")
                .noneMatch(problem -> problem.startsWith("workers.count: a list"));
    }

    @Test
    void anObjectMayBeEmptyWhereThereAreKeys() {
        assertThat(read("{workers: {groups: {}}, edge: {}, sparkConf: {}, swarm: {machines: {}, placement: {}}}")
                        .cluster())
                .isEqualTo(ClusterSpec.of("lab"));
        assertThat(problems(Map.of("wrokers", Map.of())))
                .containsExactly("wrokers: the key is refused: there is no such key. Remove it.");
    }

    /** Nobody may read a value that is secret, wherever it is. */
    @Test
    void aSecretIsRefusedAndNoOtherWordIsSaidOfIt() {
        assertThat(problems(Map.of(
                        "platform", "swarm",
                        "swarm",
                                Map.of(
                                        "delivery",
                                        "registry",
                                        "registry",
                                        SecretValue.HIDDEN,
                                        "machines",
                                        Map.of("one", Map.of("host", SecretValue.HIDDEN, "user", "admin"))),
                        "sparkConf", Map.of("spark.hadoop.x", List.of("a", SecretValue.HIDDEN)))))
                .hasSize(3)
                .allMatch(problem -> problem.contains(": [secret] is refused: it is stored as a secret"))
                .anyMatch(problem -> problem.startsWith("sparkConf.spark.hadoop.x")
                        && problem.contains("SparkSession.builder.config"));
    }

    @ParameterizedTest
    @CsvSource({"docker, DockerPlatform", "swarm, SwarmPlatform", "kubernetes, KubernetesPlatform"})
    void thePlatformIsTheOneThatIsNamed(String name, String type) {
        var tree = Map.of(
                "platform", name,
                "kubernetes", Map.of("context", "minikube"),
                "swarm", Map.of("user", "admin", "machines", Map.of("one", Map.of("host", "192.0.2.1"))));

        assertThat(read(tree).platform().getClass().getSimpleName()).isEqualTo(type);
    }

    /** Whatever is added to an enum can be named. */
    @Test
    void everyChoiceHasItsWord() {
        assertThat(problems(Map.of("clusterManager", "x", "kubernetes", Map.of("exposure", "x"), "platform", "x")))
                .hasSize(3)
                .anyMatch(problem -> offers(problem, ClusterManager.values().length))
                .anyMatch(problem ->
                        problem.startsWith("kubernetes.exposure") && offers(problem, Exposure.values().length))
                .anyMatch(problem -> problem.startsWith("platform") && offers(problem, PlatformName.values().length));
    }

    private static boolean offers(String problem, int choices) {
        return problem.replaceFirst(".*one of ([^.]*)\\. Use .*", "$1").split(", ").length == choices;
    }

    @ParameterizedTest
    @CsvSource({
        "minikube, Minikube",
        "containerd, Containerd",
        "registry, Registry",
        "command, Command",
        "present, Present"
    })
    void imagesComeToKubernetesAsItIsSaid(String delivery, String kind) {
        var tree = Map.of(
                "platform",
                "kubernetes",
                "kubernetes",
                Map.of(
                        "context",
                        "minikube",
                        "delivery",
                        delivery,
                        "registry",
                        "example.org/a",
                        "loadCommand",
                        "load"));

        assertThat(delivery(ClusterConfig.reader("lab"), tree)).isEqualTo(kind);
        assertThat(delivery(ClusterConfig.reader("lab").imageLoader("load"), tree))
                .isEqualTo(kind.equals("Minikube") ? "Command" : kind);
    }

    private static String delivery(ClusterConfig.Reader reader, Map<String, ?> tree) {
        ImageDelivery delivery = new ReadParts(reader.read(tree)).kubernetes().delivery();
        return delivery.fold(
                minikube -> "Minikube",
                containerd -> "Containerd",
                registry -> "Registry",
                command -> "Command",
                present -> "Present");
    }

    @Test
    void theMachineMayNameCertificatesAndTheTreeOthers() {
        var reader = ClusterConfig.reader("lab").caCertificates(Path.of("of-machine.pem"));

        assertThat(certificates(reader, Map.of())).contains(Path.of("of-machine.pem"));
        assertThat(certificates(reader, Map.of("extraCaCertificates", "own.pem")))
                .contains(Path.of("own.pem"));
    }

    private static Optional<Path> certificates(ClusterConfig.Reader reader, Map<String, ?> tree) {
        return reader.read(tree).cluster().images().extraCaCertificates();
    }

    @Test
    void everyKeyIsListed() {
        assertThat(ClusterConfig.keys())
                .contains("name", "platform", "workers.count", "sparkConf", "swarm.machines", "kubernetes.context")
                .doesNotContain("workers");
    }

    private static ClusterConfig read(String yaml) {
        Map<String, Object> tree = new Yaml().load(yaml);
        return read(tree);
    }

    private static ClusterConfig read(Map<String, ?> tree) {
        return ClusterConfig.reader("lab").read(tree);
    }

    private static List<String> problems(String yaml) {
        Map<String, Object> tree = new Yaml().load(yaml);
        return problems(tree);
    }

    private static List<String> problems(Map<String, ?> tree) {
        try {
            read(tree);
            return List.of();
        } catch (InvalidClusterException refused) {
            return refused.problems().stream().map(Problem::toString).toList();
        }
    }
}
