package io.sparkcluster.platform.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ssh} is told, and where host keys come from. */
class SshConfigTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void sshIsToldToVerifyHostKeysAndToAskNothing() {
        var jump = SshLogin.of("gate", "bastion.example.org").withPort(2222);
        var hosts = new SshHosts(
                "lab",
                List.of(
                        new SshHost("one", SshLogin.of("admin", "192.0.2.1").withKeyFile("/keys/one"), false),
                        new SshHost("two", SshLogin.of("root", "10.0.0.2"), true)),
                Optional.of(jump),
                Path.of("/nowhere"));

        assertThat(SshConfig.text(hosts, Path.of("/some/known_hosts")))
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
