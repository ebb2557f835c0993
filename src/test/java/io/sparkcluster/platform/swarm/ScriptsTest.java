package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.ssh.SshScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to machines. */
class ScriptsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"machine", "swarm", "node", "volume", "tasks", "smoke", "adopt"})
    void everyScriptIsAScript(String subject) {
        var checked = Processes.run(SOON, Map.of(), List.of("bash", "-n"), Scripts.of(subject, Map.of()));

        assertThat(checked.code()).as(checked.error()).isZero();
    }

    /** What a script runs could read the rest of it from standard input, where it lies; here a docker command that reads all it can. */
    @Test
    void aScriptRunsItsVerbOnceAndIsNotReadByWhatItRuns(@TempDir Path folder) throws IOException {
        Path docker = Files.writeString(folder.resolve("docker"), """
                #!/bin/bash
                cat >>"$SEEN/input"
                printf '%s\n' "$*" >>"$SEEN/calls"
                [ "$2" != inspect ]
                """);
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        String script = Scripts.of(
                "volume",
                Map.of(
                        "SWARM", ShellWord.of("lab"),
                        "VOLUME", ShellWord.of("lab-workspace"),
                        "OPTIONS", SshScript.list(List.of("--label", "team=a b"))));

        var ran = Processes.run(
                SOON,
                Map.of("PATH", folder + ":" + System.getenv("PATH"), "SEEN", folder.toString()),
                List.of("bash", "-s", "--", "create"),
                script);

        assertThat(ran.code()).as(ran.error()).isZero();
        assertThat(folder.resolve("calls"))
                .hasContent("volume inspect lab-workspace\nvolume create --label team=a b lab-workspace\n");
        assertThat(folder.resolve("input")).isEmptyFile();
    }
}
