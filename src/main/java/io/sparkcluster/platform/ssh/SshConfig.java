package io.sparkcluster.platform.ssh;

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
 * The configuration with which {@code ssh} reaches hosts by their names. It uses the given private key, accepts only the given or known host key, and never
 * asks. Everything that runs {@code ssh} uses it, and so do people, for whom it makes a tunnel a short command. It lies below the program's working directory
 * and holds no secret.
 */
final class SshConfig {

    private static final String FOLDER = ".sparkcluster";

    static final String JUMP_HOST = "jump-host";

    /** Options for every host. */
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

    /** Where the configuration lies, relative to the program's working directory. */
    static Path path(SshHosts hosts) {
        return Path.of(FOLDER, "ssh", hosts.name(), "config");
    }

    /** Writes the configuration; the same hosts give the same file. */
    static void write(SshHosts hosts) {
        Path config = path(hosts);
        Path known = config.resolveSibling("known_hosts");
        replace(known, knownHosts(hosts));
        replace(config, text(hosts, known.toAbsolutePath()));
    }

    /** Replaces a file in one step: a reader sees either the old file or the new one. */
    static void replace(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(Path.of(FOLDER, ".gitignore"), "*\n");
            Path partial = Files.createTempFile(file.getParent(), "partial", "");
            Files.writeString(partial, text);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + " for ssh", e);
        }
    }

    static String text(SshHosts hosts, Path knownHosts) {
        var lines = new ArrayList<String>();
        lines.add("# Written by pulumi-spark-cluster for the hosts of " + hosts.name() + ".");
        hosts.hosts().forEach(host -> {
            host(lines, host.name(), host.login());
            if (host.behindJumpHost()) {
                lines.add("  ProxyJump " + JUMP_HOST);
            }
        });
        hosts.jumpHost().ifPresent(login -> host(lines, JUMP_HOST, login));
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
            lines.add("  IdentityFile \"" + SshHosts.userFile(file).toAbsolutePath() + "\"");
            lines.add("  IdentitiesOnly yes");
        });
    }

    private static String knownHosts(SshHosts hosts) {
        var lines = new StringBuilder();
        hosts.hosts().forEach(host -> hosts.hostKey(host.login())
                .ifPresent(
                        key -> lines.append(host.name()).append(' ').append(key).append('\n')));
        hosts.jumpHost()
                .flatMap(hosts::hostKey)
                .ifPresent(
                        key -> lines.append(JUMP_HOST).append(' ').append(key).append('\n'));
        return lines.toString();
    }
}
