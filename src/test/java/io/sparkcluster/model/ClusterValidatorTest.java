package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterValidatorTest {

    @Test
    void defaultsAreValid() {
        assertThat(ClusterValidator.validate(ClusterSpec.of("spark-dev"))).isEmpty();
    }

    @Test
    void reportsEveryProblemAtOnce() {
        var spec = ClusterSpec.builder("Spark_Dev")
                .workers(WorkerPool.DEFAULT.withCount(0).withCores(0).withDecommissionTimeout(Duration.ofSeconds(1)))
                .master(MasterSpec.DEFAULT.withMemory(MemorySize.mebibytes(100)))
                .applications(ApplicationSpec.DEFAULT.withConcurrent(0))
                .security(SecuritySpec.builder()
                        .authenticate(false)
                        .generation(0)
                        .publishAddress("everywhere")
                        .build())
                .build();

        assertThat(fields(spec))
                .containsExactly(
                        "name",
                        "master.memory",
                        "workers.count",
                        "workers.cores",
                        "workers.decommissionTimeout",
                        "applications.concurrent",
                        "security.encrypt",
                        "security.generation",
                        "security.publishAddress");
    }

    @Test
    void aProblemNamesFieldValueRuleAndRemedy() {
        var spec = ClusterSpec.builder("dev")
                .workers(WorkerPool.DEFAULT.withCount(0))
                .build();

        assertThat(ClusterValidator.validate(spec))
                .singleElement()
                .hasToString(
                        "workers.count: 0 is refused: it must be 1 to 1000, a cluster without workers runs no task."
                                + " Set workers.count within that range.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", "1a", "ein-name-der-laenger-ist-als-erlaubt-waere"})
    void refusesNamesThatAreNoHostNames(String name) {
        assertThat(fields(ClusterSpec.of(name))).containsExactly("name");
    }

    @Test
    void refusesCertificatesThatAreNotThere() {
        var spec = ClusterSpec.builder("dev")
                .images(ImagesSpec.DEFAULT.withExtraCaCertificates(Path.of("no", "such.pem")))
                .build();

        assertThat(fields(spec)).containsExactly("extraCaCertificates");
    }

    @Test
    void refusesReferencesAndVolumesThatNoEngineWouldTake() {
        var spec = ClusterSpec.builder("dev")
                .images(ImagesSpec.DEFAULT.withNodeImages(
                        ImageSource.registry("not a reference"), ImageSource.build(), ImageSource.build()))
                .workspace(SharedVolumeSpec.existing("/mnt/data"))
                .build();

        assertThat(fields(spec)).containsExactly("images.sparkMaster", "workspace.existing");
    }

    private static List<String> fields(ClusterSpec spec) {
        return ClusterValidator.validate(spec).stream().map(Problem::field).toList();
    }
}
