package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountTest {

    private static final Mount WORKSPACE = new Mount.Shared(VolumePlan.WORKSPACE, "/workspace");
    private static final Mount OWN = new Mount.Own("scratch", "/scratch", false);
    private static final Mount MEMORY = new Mount.Memory("/tmp", 64, true);
    private static final Mount SECRET = new Mount.Secret(SecretSpec.SPARK_AUTH);

    @Test
    void eachCaseReachesItsOwnBranch() {
        assertThat(List.of(WORKSPACE, OWN, MEMORY, SECRET))
                .extracting(mount -> mount.<String>fold(
                        workspace -> "workspace " + workspace.path(),
                        own -> "own " + own.purpose(),
                        memory -> "memory " + memory.mebibytes(),
                        secret -> "secret " + secret.secret().name()))
                .containsExactly("workspace /workspace", "own scratch", "memory 64", "secret spark-auth");
    }

    @Test
    void onlySecretsAreReadOnly() {
        assertThat(List.of(WORKSPACE, OWN, MEMORY, SECRET))
                .filteredOn(Mount::readOnly)
                .containsExactly(SECRET);
    }
}
