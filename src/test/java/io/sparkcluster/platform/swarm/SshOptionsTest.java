package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the docker provider hands to {@code ssh}, and how {@code ssh} reads it. */
class SshOptionsTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";
    private static final Machine HEAD = Machine.of(
            "head",
            SshLogin.of("admin", "192.0.2.1")
                    .withPort(2022)
                    .withKeyFile("~/.ssh/a key")
                    .withHostKey(KEY));

    @Test
    void sshReadsThemAsTheFileOfTheProgram() {
        assertThat(read(SshOptions.of(settings(HEAD), HEAD), "head"))
                .contains(
                        "hostname 192.0.2.1",
                        "user admin",
                        "port 2022",
                        "hostkeyalias head",
                        "batchmode yes",
                        "stricthostkeychecking true",
                        "globalknownhostsfile none",
                        "identitiesonly yes",
                        "identityfile ~/.ssh/a key",
                        "knownhostscommand /bin/echo head " + KEY);
    }

    @Test
    void nothingOfThisCheckoutIsInThem() {
        assertThat(SshOptions.of(settings(HEAD), HEAD))
                .noneMatch(word -> word.contains(Path.of("").toAbsolutePath().toString()))
                .noneMatch(word -> word.endsWith("/config"));
    }

    @Test
    void theWayThroughAJumpHostIsVerifiedToo() {
        var inside = HEAD.throughJumpHost();
        var settings = settings(inside)
                .withJumpHost(SshLogin.of("gate", "bastion.example.org").withHostKey(KEY));

        String proxy = SshOptions.of(settings, inside).stream()
                .filter(word -> word.startsWith("ProxyCommand="))
                .findFirst()
                .orElseThrow();

        // As ssh runs it, but for the word that says where to.
        String words = Processes.run(
                        Duration.ofSeconds(20),
                        Map.of(),
                        List.of(
                                "bash",
                                "-c",
                                proxy.substring("ProxyCommand=".length())
                                        .replace("ssh -F", "ssh -G -F")
                                        .replace("-W %h:%p ", "")))
                .output();
        assertThat(words.lines())
                .contains(
                        "hostname bastion.example.org",
                        "user gate",
                        "stricthostkeychecking true",
                        "knownhostscommand /bin/echo jump-host " + KEY);
    }

    private static SwarmSettings settings(Machine machine) {
        return SwarmSettings.of("lab", List.of(machine));
    }

    private static List<String> read(List<String> options, String host) {
        var command = new ArrayList<>(List.of("ssh", "-G"));
        command.addAll(options);
        command.add(host);
        var answer = Processes.run(Duration.ofSeconds(20), Map.of(), command);
        assertThat(answer.code()).as(answer.error()).isZero();
        return answer.output().lines().toList();
    }
}
