package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.model.InvalidClusterException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageBuildTest {

    @Test
    void theConfigurationDecidesWhatIsBuilt() {
        var script = script("""
                {"spark-cluster:versions": {"value": "{\\"spark\\":\\"3.5.9\\"}", "objectValue": {"spark": "3.5.9"}, "secret": false}}
                """);

        assertThat(script)
                .contains("export SPARK_VERSION='3.5.9'", "sparkcluster/spark-worker:spark3.5.9-java17-python3.11");
    }

    @Test
    void allProblemsOfTheConfigurationAreTold() {
        assertThatThrownBy(() -> script("""
                        {"spark-cluster:versions": {"value": "{\\"java\\":11}"}, "spark-cluster:wrokers": {"value": "3"},
                         "spark-cluster:name": {"secret": true}}
                        """))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContaining("versions.java: 11 is refused")
                .hasMessageContaining("wrokers")
                .hasMessageContaining("name: [secret] is refused");
    }

    private static String script(String configuration) {
        return ImageBuild.script("spark-cluster", "dev", "", configuration, Map.of());
    }
}
