package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up host keys with {@code ssh-keygen}, which also finds hashed host names. */
final class KnownHosts {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private KnownHosts() {}

    /** The host key that a login gives, or else the key in the file of known hosts, an Ed25519 key if it has one. */
    static Optional<String> key(SshLogin login, Path file) {
        return login.hostKey().or(() -> find(login, file));
    }

    private static Optional<String> find(SshLogin login, Path file) {
        var found = Processes.run(LIMIT, Map.of(), List.of("ssh-keygen", "-F", login.address(), "-f", file.toString()));
        var keys = found.output()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("@"))
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3)
                .map(parts -> parts[1] + " " + parts[2].strip())
                .toList();
        return keys.stream()
                .filter(key -> key.startsWith("ssh-ed25519 "))
                .findFirst()
                .or(() -> keys.stream().findFirst());
    }
}
