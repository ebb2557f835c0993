package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.config.ClusterConfig;
import io.sparkcluster.config.ReadParts;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackConfigTest {

    @Test
    void anEmptyConfigurationIsTheDefaultClusterNamedAfterItsStack() {
        var config = read(Map.of());

        assertThat(config.cluster()).isEqualTo(ClusterSpec.of("spark-dev"));
        assertThat(new ReadParts(config).platform()).isEqualTo("docker");
        assertThat(new ReadParts(config).dockerHost()).isEmpty();
    }

    @Test
    void readsEveryKindOfValue() {
        var cluster = read(Map.of(
                        "spark-cluster:name", "lab",
                        "spark-cluster:workers", "{\"count\":3,\"memory\":\"4g\",\"decommissionTimeout\":\"90s\"}",
                        "spark-cluster:master", "{\"uiPort\":18080,\"cpus\":0.5}",
                        "spark-cluster:images", "{\"jupyterLab\":\"example.org/lab:1\"}",
                        "spark-cluster:applications", "{\"executorMemory\":\"1g\"}",
                        "spark-cluster:workspace", "{\"retain\":false}",
                        "spark-cluster:sparkConf", "{\"spark.sql.shuffle.partitions\":\"8\"}",
                        "spark-cluster:smokeTest", "false"))
                .cluster();

        assertThat(cluster.name()).isEqualTo("lab");
        assertThat(cluster.workers().count()).isEqualTo(3);
        assertThat(cluster.workers().memory()).isEqualTo(MemorySize.gibibytes(4));
        assertThat(cluster.workers().decommissionTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(cluster.master().uiPort()).isEqualTo(Port.of(18080));
        assertThat(cluster.master().cpus()).isEqualTo(0.5);
        assertThat(cluster.images().jupyterLab()).isEqualTo(ImageSource.registry("example.org/lab:1"));
        assertThat(cluster.applications().executorMemory()).contains(MemorySize.gibibytes(1));
        assertThat(cluster.workspace().retain()).isFalse();
        assertThat(cluster.sparkConf()).containsExactly(Map.entry("spark.sql.shuffle.partitions", "8"));
        assertThat(cluster.smokeTest()).isFalse();
    }

    @Test
    void aGroupOfWorkersIsAsAllWorkersButForWhatItSays() {
        var workers = read(Map.of(
                        "spark-cluster:workers",
                        "{\"memory\":\"4g\",\"groups\":{\"small\":{\"count\":3},\"large\":{\"cores\":8,\"memory\":\"16g\","
                                + "\"placement\":{\"disk\":\"ssd\"}}}}"))
                .cluster()
                .workers();

        assertThat(workers.groups())
                .containsExactly(
                        WorkerGroup.of("large", 2, 8, MemorySize.gibibytes(16)).placedOn("disk", "ssd"),
                        WorkerGroup.of("small", 3, 2, MemorySize.gibibytes(4)));
    }

    @Test
    void keysOfAGroupAreChecked() {
        assertThatThrownBy(() -> read(
                        Map.of("spark-cluster:workers", "{\"groups\":{\"large\":{\"coers\":8,\"memory\":\"much\"}}}")))
                .hasMessageContaining(
                        "workers.groups.large.coers: the key is refused: there is no such key. Did you mean"
                                + " workers.groups.large.cores?")
                .hasMessageContaining("workers.groups.large.memory: \"much\" is refused");
        assertThatThrownBy(() -> read(Map.of("spark-cluster:workers", "{\"groups\":[{\"count\":3}]}")))
                .hasMessageContaining("workers.groups: a list is refused");
    }

    @Test
    void refusesEveryUnknownKeyAndUnreadableValueAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "spark-cluster:workers", "{\"cuont\":3,\"cores\":\"two\"}",
                        "spark-cluster:edge", "{\"port\":80}",
                        "spark-cluster:master", "{\"memory\":\"64m\"}",
                        "spark-cluster:smoketest", "true",
                        "spark-cluster:platform", "mesos")))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContaining("6 problems in the configuration of stack \"dev\"")
                .hasMessageContaining(
                        "workers.cuont: the key is refused: there is no such key. Did you mean workers.count?")
                .hasMessageContaining("workers.cores: \"two\" is refused: it must be a whole number")
                .hasMessageContaining("edge.port: \"80\" is refused: it must be a port from 1024 to 65535")
                .hasMessageContaining("Did you mean smokeTest?")
                .hasMessageContaining("master.memory: 64m is refused: it must be at least 768m")
                .hasMessageContaining("platform: mesos is refused: it must be one of docker");
    }

    @Test
    void theEngineIsDockerUnlessThePlatformDockerHasAnother() {
        assertThat(new ReadParts(read(Map.of())).engine()).isEqualTo(Engine.docker());
        assertThat(new ReadParts(read(Map.of("spark-cluster:docker", "{\"engine\":\"podman\"}"))).engine())
                .isEqualTo(Engine.podman());
        assertThatThrownBy(() -> read(Map.of("spark-cluster:docker", "{\"engine\":\"containerd\"}")))
                .hasMessageContaining("docker.engine: containerd is refused: it must be one of docker, podman");
        assertThatThrownBy(() -> read(Map.of(
                        "spark-cluster:platform", "kubernetes",
                        "spark-cluster:kubernetes", "{\"context\":\"minikube\"}",
                        "spark-cluster:docker", "{\"engine\":\"podman\"}")))
                .hasMessageContaining("docker.engine: podman is refused: it is for the platform docker");
    }

    @Test
    void podmanHasAnAddressAlwaysAndDockerOnlyAConfiguredOne() {
        Map<String, String> root = Map.of("USER", "root");

        assertThat(Engine.docker().defaultHost(root)).isEmpty();
        assertThat(Engine.podman().defaultHost(root)).contains("unix:///run/podman/podman.sock");
    }

    @Test
    void leavesTheKeysOfOtherNameSpacesAlone() {
        assertThat(read(Map.of("docker:host", "unix:///var/run/docker.sock")).cluster())
                .isEqualTo(ClusterSpec.of("spark-dev"));
    }

    @Test
    void certificatesOfTheConfigurationGoBeforeThoseOfTheEnvironment() {
        var environment = Map.of("SPARK_CLUSTER_CA_CERTIFICATES", "from-environment.pem");

        assertThat(read(Map.of(), environment).cluster().images().extraCaCertificates())
                .contains(Path.of("from-environment.pem"));
        assertThat(read(Map.of("spark-cluster:extraCaCertificates", "configured.pem"), environment)
                        .cluster()
                        .images()
                        .extraCaCertificates())
                .contains(Path.of("configured.pem"));
    }

    @Test
    void aLoaderOfTheEnvironmentTakesThePlaceOfMinikubes() {
        var kubernetes = Map.of(
                "spark-cluster:platform", "kubernetes", "spark-cluster:kubernetes", "{\"context\":\"minikube\"}");

        assertThat(new ReadParts(read(kubernetes, Map.of("SPARK_CLUSTER_IMAGE_LOADER", "/lab/load")))
                        .kubernetes()
                        .delivery())
                .isEqualTo(ImageDelivery.command("/lab/load"));
        assertThat(new ReadParts(read(kubernetes)).kubernetes().delivery())
                .isEqualTo(ImageDelivery.minikube("minikube"));
    }

    @Test
    void numbersAreReadAsTheyAreWritten() {
        var versions = read(Map.of("spark-cluster:versions", "{\"java\":17,\"python\":3.11}"))
                .cluster()
                .versions();

        assertThat(versions.java()).contains(17);
        assertThat(versions.python()).contains("3.11");
        assertThatThrownBy(() -> read(Map.of("spark-cluster:workers", "{\"count\":3.0}")))
                .hasMessageContaining("workers.count: \"3.0\" is refused: it must be a whole number");
    }

    @Test
    void aTextMayLookLikeAnObject() {
        assertThat(read(Map.of("spark-cluster:name", "{lab")).cluster().name()).isEqualTo("{lab");
    }

    @Test
    void aRenamedStackKeepsTheNameOfItsCluster() {
        assertThat(StackConfig.read("spark-cluster", "renamed", Optional.of("spark-dev"), Map.of(), Map.of())
                        .cluster()
                        .name())
                .isEqualTo("spark-dev");
    }

    private static ClusterConfig read(Map<String, String> raw) {
        return read(raw, Map.of());
    }

    private static ClusterConfig read(Map<String, String> raw, Map<String, String> environment) {
        return StackConfig.read("spark-cluster", "dev", Optional.empty(), raw, environment);
    }
}
