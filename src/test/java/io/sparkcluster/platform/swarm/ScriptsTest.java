package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.ShellWord;
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

/** What is sent to machines, and what {@code ssh} is told. */
class ScriptsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"machine", "swarm", "node", "volume", "tasks", "smoke", "adopt"})
    void everyScriptIsAScript(String subject) {
        var checked = Processes.run(SOON, Map.of(), List.of("bash", "-n"), Scripts.of(subject, Map.of()));

        assertThat(checked.code()).as(checked.error()).isZero();
    }

    @Test
    void valuesArriveAsTheyAreWhateverTheyHold() {
        String nasty = "it's \"$(reboot)\" `id` \\ {{.Task}}\nand more";
        String script =
                Scripts.assignments(Map.of("WORD", ShellWord.of(nasty), "MANY", Scripts.list(List.of("a b", "'", ""))))
                        + "printf '%s|' \"$WORD\" \"${MANY[@]}\"";

        assertThat(Processes.run(SOON, Map.of(), List.of("bash", "-s"), script).output())
                .isEqualTo(nasty + "|a b|'||");
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
                        "OPTIONS", Scripts.list(List.of("--label", "team=a b"))));

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

    @Test
    void theCommandNamesTheVerbAndHasATimeButNoValue() {
        assertThat(Scripts.command(SshLogin.of("admin", "192.0.2.1"), "join", 180))
                .isEqualTo("exec sudo -n timeout -k 10 180 bash -s -- join");
        assertThat(Scripts.command(SshLogin.of("root", "192.0.2.1"), "join", 180))
                .isEqualTo("exec timeout -k 10 180 bash -s -- join");
    }

    @Test
    void sshIsToldToVerifyHostKeysAndToAskNothing() {
        var jump = SshLogin.of("gate", "bastion.example.org").withPort(2222);
        var settings = SwarmSettings.of(
                        "lab",
                        List.of(
                                Machine.of(
                                        "one", SshLogin.of("admin", "192.0.2.1").withKeyFile("/keys/one")),
                                Machine.of("two", SshLogin.of("root", "10.0.0.2"))
                                        .throughJumpHost()))
                .withJumpHost(jump);

        assertThat(SshConfig.text(settings, Path.of("/some/known_hosts")))
                .contains(
                        "Host one\n  HostName 192.0.2.1\n  HostKeyAlias one\n  Port 22\n  User admin\n  IdentityFile \"/keys/one\"\n  IdentitiesOnly yes\n")
                .contains(
                        "Host two\n  HostName 10.0.0.2\n  HostKeyAlias two\n  Port 22\n  User root\n  ProxyJump jump-host\n")
                .contains("Host jump-host\n  HostName bastion.example.org\n  HostKeyAlias jump-host\n  Port 2222\n")
                .contains("StrictHostKeyChecking yes", "BatchMode yes", "UserKnownHostsFile \"/some/known_hosts\"");
    }

    @Test
    void hostKeysAreFoundInHashedFilesAndOnOtherPorts(@TempDir Path folder) throws IOException {
        Path key = folder.resolve("key");
        assertThat(Processes.run(
                                SOON,
                                Map.of(),
                                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()),
                                "")
                        .code())
                .isZero();
        String blob = Files.readString(folder.resolve("key.pub")).strip().replaceFirst(" [^ ]*$", "");
        Path known = Files.writeString(
                folder.resolve("known_hosts"), "[192.0.2.1]:2222 " + blob + "\n192.0.2.9 " + blob + "\n");
        Processes.run(SOON, Map.of(), List.of("ssh-keygen", "-H", "-f", known.toString()), "");
        assertThat(known).content().doesNotContain("192.0.2");

        assertThat(KnownHosts.key(SshLogin.of("root", "192.0.2.1").withPort(2222), known))
                .contains(blob);
        assertThat(KnownHosts.key(SshLogin.of("root", "192.0.2.1"), known)).isEmpty();
        assertThat(KnownHosts.key(SshLogin.of("root", "192.0.2.1").withHostKey("ssh-rsa AAAA"), known))
                .contains("ssh-rsa AAAA");
    }
}
