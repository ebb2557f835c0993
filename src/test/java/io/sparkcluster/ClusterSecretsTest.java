package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.docker.DockerPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets are made, or taken from whoever gives them. */
class ClusterSecretsTest {

    private static final SecretSpec MADE = SecretSpec.generated("made");
    private static final SecretSpec GIVEN = SecretSpec.given("theirs");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void whatNobodyGivesIsMade() {
        var value = new ArrayList<Output<String>>();
        Run run = MockedEngine.run(context -> {
            var secrets = new ClusterSecrets("secrets", args(Set.of(MADE), Map.of()));
            assertThat(secrets.handles().values()).singleElement().satisfies(handle -> assertThat(handle.revision())
                    .isEmpty());
            value.add(secrets.value(MADE));
        });

        assertThat(run.named("secrets-made").type()).isEqualTo("pulumi:index:Stash");
        assertThat(secret(value.get(0))).isEqualTo(MockedEngine.STASHED);
    }

    @Test
    void whatIsGivenIsTakenAlsoWhereItCouldBeMade() {
        var values = new ArrayList<Output<String>>();
        MockedEngine.run(context -> {
            var secrets = new ClusterSecrets(
                    "secrets", args(Set.of(MADE, GIVEN), Map.of(MADE, Output.of("mine"), GIVEN, Output.of("theirs"))));
            values.add(secrets.value(MADE));
            values.add(secrets.value(GIVEN));
        });

        assertThat(values).extracting(ClusterSecretsTest::secret).containsExactly("mine", "theirs");
    }

    @Test
    void anEmptyValueIsRefused() {
        Run run = MockedEngine.attempt(
                context -> new ClusterSecrets("secrets", args(Set.of(GIVEN), Map.of(GIVEN, Output.of("")))));

        assertThat(run.result().exceptions()).anySatisfy(refusal -> assertThat(refusal)
                .rootCause()
                .hasMessage(
                        "the value that is given for the secret theirs is empty. Give one of at least one character"));
    }

    @Test
    void aSecretThatIsAlwaysGivenNeedsAValue() {
        assertThatThrownBy(() -> args(Set.of(GIVEN), Map.of()))
                .hasMessage("the secret theirs has no value, and none can be made for it. Give one as an output");
    }

    @Test
    void aValueForNoSecretOfTheClusterIsRefused() {
        assertThatThrownBy(() -> args(Set.of(MADE), Map.of(GIVEN, Output.of("x"))))
                .hasMessage("a value is given for the secret theirs, and the cluster has no such secret. It has made");
    }

    @Test
    void twoSecretsOfOneNameAreRefused() {
        assertThatThrownBy(() -> args(Set.of(MADE, SecretSpec.given("made")), Map.of()))
                .hasMessageContaining("two of the secrets have the same name");
    }

    @Test
    void aNameThatNoPlatformTakesIsRefused() {
        for (String name : List.of("", "Key", "a b", "-a", "a-", "a".repeat(41))) {
            assertThatThrownBy(() -> SecretSpec.given(name)).hasMessageContaining('"' + name + '"');
        }
        assertThat(SecretSpec.given("a".repeat(40)).file()).endsWith("/" + "a".repeat(40) + "/secret");
    }

    private static ClusterSecrets.Args args(Set<SecretSpec> secrets, Map<SecretSpec, Output<String>> given) {
        return ClusterSecrets.Args.builder(
                        DockerPlatform.local(), "lab", secrets, ImageHandle.given("example.org/any:1"))
                .given(given)
                .build();
    }

    private static String secret(Output<String> value) {
        var data = PulumiTestInternal.extractOutputData(value);
        assertThat(data.isSecret()).isTrue();
        return String.valueOf(data.getValueNullable());
    }
}
