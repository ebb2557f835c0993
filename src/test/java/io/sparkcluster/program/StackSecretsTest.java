package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.config.ClusterConfig;
import io.sparkcluster.model.InvalidClusterException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that Pulumi keeps as a secret is never shown and never written in clear. */
class StackSecretsTest {

    private static final String VALUE = "hunter2-is-no-number";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name                | name       | set it again without --secret",
                "workspace.existing  | workspace  | set it again without --secret",
                "security.generation | security   | set it again without --secret",
                "sparkConf           | sparkConf  | SparkSession.builder.config",
                "kubernetes          | kubernetes | set it again without --secret",
                "no.such.key         | no         | set it again without --secret",
            })
    void aSecretIsRefusedWithoutItsValue(String key, String stored, String remedy) {
        String own = key.contains(".") ? "{\"" + key.substring(key.indexOf('.') + 1) + "\":\"" + VALUE + "\"}" : VALUE;

        assertThatThrownBy(() ->
                        read(Map.of("lab:" + stored, own, "lab:platform", "kubernetes"), "[\"lab:" + stored + "\"]"))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContaining(stored + ": [secret] is refused: it is stored as a secret")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining(VALUE)
                .hasMessageNotContaining(stored + ": the key is refused");
    }

    @Test
    void otherMistakesAreStillTold() {
        assertThatThrownBy(() -> read(Map.of("lab:name", VALUE, "lab:smokeTest", "maybe"), "[\"lab:name\"]"))
                .hasMessageContaining("2 problems")
                .hasMessageContaining("smokeTest: \"maybe\"");
    }

    @Test
    void aSecretOfAnotherProgramIsLeftAlone() {
        var config = read(Map.of("docker:registryAuth", VALUE, "lab:name", "mine"), "[\"docker:registryAuth\"]");

        assertThat(config.cluster().name()).isEqualTo("mine");
    }

    private static ClusterConfig read(Map<String, String> raw, String secretKeys) {
        return StackConfig.read("lab", "dev", Optional.empty(), raw, Map.of("PULUMI_CONFIG_SECRET_KEYS", secretKeys));
    }
}
