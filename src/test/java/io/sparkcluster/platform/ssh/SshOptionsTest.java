package io.sparkcluster.platform.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is handed to {@code ssh} as words, and how {@code ssh} reads it. */
class SshOptionsTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";
    private static final SshLogin LOGIN = SshLogin.of("admin", "192.0.2.1")
            .withPort(2022)
            .withKeyFile("~/.ssh/a key")
            .withHostKey(KEY);
    private static final SshHost HEAD = new SshHost("head", LOGIN, false);

    @Test
    void sshReadsThemAsTheFileOfTheProgram() {
        assertThat(read(hosts(HEAD).options(HEAD), "head"))
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
        assertThat(hosts(HEAD).options(HEAD))
                .noneMatch(word -> word.contains(Path.of("").toAbsolutePath().toString()))
                .noneMatch(word -> word.endsWith("/config"));
    }

    @Test
    void theWayThroughAJumpHostIsVerifiedToo() {
        var inside = new SshHost("head", LOGIN, true);
        var jump = SshLogin.of("gate", "bastion.example.org").withHostKey(KEY);

        String proxy = hosts(Optional.of(jump), inside).options(inside).stream()
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

    private static SshHosts hosts(SshHost host) {
        return hosts(Optional.empty(), host);
    }

    private static SshHosts hosts(Optional<SshLogin> jumpHost, SshHost host) {
        return new SshHosts("lab", List.of(host), jumpHost, Path.of("/nowhere"));
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
