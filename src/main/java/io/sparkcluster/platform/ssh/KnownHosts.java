package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Host keys as SSH knows them, hashed names and all: {@code ssh-keygen} looks them up. */
final class KnownHosts {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private KnownHosts() {}

    /** The key of a machine as its login gives it, or as the file of known hosts has it. */
    static Optional<String> key(SshLogin login, Path file) {
        return login.hostKey().or(() -> find(login, file));
    }

    private static Optional<String> find(SshLogin login, Path file) {
        var found =
                Processes.run(PATIENCE, Map.of(), List.of("ssh-keygen", "-F", login.address(), "-f", file.toString()));
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
