package io.sparkcluster.platform.swarm;

import io.sparkcluster.platform.TimeLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration with which {@code ssh} reaches the machines by their names, and only them: the key that is given, the host key that is given or known, no
 * questions. It is for everything that uses {@code ssh}: the docker provider, checks, the delivery of images, and people, for whom it makes the tunnel a
 * short command. It lies below the program's working directory and holds no secret.
 */
final class SshConfig {

    static final String JUMP_HOST = "jump-host";

    /** What holds for every machine. */
    static final Map<String, String> RULES = rules();

    private SshConfig() {}

    private static Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        rules.put("BatchMode", "yes");
        rules.put("StrictHostKeyChecking", "yes");
        rules.put("GlobalKnownHostsFile", "none");
        rules.put("UpdateHostKeys", "no");
        rules.put("ConnectTimeout", "10");
        rules.put("ServerAliveInterval", "15");
        rules.put("ServerAliveCountMax", "4");
        rules.put("LogLevel", "ERROR");
        return Collections.unmodifiableMap(rules);
    }

    /** Where it lies, relative to the program's working directory. */
    static Path path(SwarmSettings settings) {
        return Path.of(".sparkcluster", "ssh", settings.name(), "config");
    }

    /** Where the script lies that sends images with it. */
    static Path delivery(SwarmSettings settings) {
        return path(settings).resolveSibling("deliver.sh");
    }

    /** Writes it; the same settings give the same file. */
    static Path write(SwarmSettings settings) {
        Path config = path(settings);
        try {
            Files.createDirectories(config.getParent());
            Files.writeString(Path.of(".sparkcluster", ".gitignore"), "*\n");
            replace(config.resolveSibling("known_hosts"), knownHosts(settings));
            replace(delivery(settings), deliverer());
            replace(config, text(settings, config.resolveSibling("known_hosts").toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the configuration of ssh at " + config, e);
        }
        return config;
    }

    /** The script that sends images, with the limit for commands of this machine. */
    static String deliverer() {
        return TimeLimit.script(Scripts.file("deliver.sh"));
    }

    private static void replace(Path file, String text) throws IOException {
        Path partial = Files.createTempFile(file.getParent(), "partial", "");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String text(SwarmSettings settings, Path knownHosts) {
        var lines = new ArrayList<String>();
        lines.add("# Written by pulumi-spark-cluster for the Swarm " + settings.name() + ".");
        settings.machines().values().forEach(machine -> {
            host(lines, machine.name(), machine.login());
            if (machine.behindJumpHost()) {
                lines.add("  ProxyJump " + JUMP_HOST);
            }
        });
        settings.jumpHost().ifPresent(login -> host(lines, JUMP_HOST, login));
        lines.add("Host *");
        lines.add("  UserKnownHostsFile \"" + knownHosts + "\"");
        RULES.forEach((option, value) -> lines.add("  " + option + " " + value));
        return String.join("\n", lines) + "\n";
    }

    private static void host(List<String> lines, String name, SshLogin login) {
        lines.add("Host " + name);
        lines.add("  HostName " + login.host());
        lines.add("  HostKeyAlias " + name);
        lines.add("  Port " + login.port());
        lines.add("  User " + login.user());
        login.keyFile().ifPresent(file -> {
            lines.add("  IdentityFile \"" + SwarmSettings.userFile(file).toAbsolutePath() + "\"");
            lines.add("  IdentitiesOnly yes");
        });
    }

    private static String knownHosts(SwarmSettings settings) {
        var lines = new StringBuilder();
        settings.machines().values().forEach(machine -> KnownHosts.key(machine.login(), settings.knownHosts())
                .ifPresent(key ->
                        lines.append(machine.name()).append(' ').append(key).append('\n')));
        settings.jumpHost()
                .flatMap(login -> KnownHosts.key(login, settings.knownHosts()))
                .ifPresent(
                        key -> lines.append(JUMP_HOST).append(' ').append(key).append('\n'));
        return lines.toString();
    }
}
