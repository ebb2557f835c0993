package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts that share a configuration of {@code ssh}.
 *
 * @param name name of the configuration's folder, unique in a program
 * @param hosts the hosts
 * @param jumpHost the host through which some of them are reached. Default: none
 * @param knownHosts the file in which SSH keeps host keys
 */
public record SshHosts(String name, List<SshHost> hosts, Optional<SshLogin> jumpHost, Path knownHosts) {

    /** Keeps its own copy. */
    public SshHosts {
        hosts = List.copyOf(hosts);
    }

    /** The path, with a leading {@code ~/} replaced by the user's home. */
    public static Path userFile(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }

    /** The host key of a login: the given key, or else the key in the file of known hosts. */
    public Optional<String> hostKey(SshLogin login) {
        return KnownHosts.key(login, knownHosts);
    }

    /** Where the configuration lies, relative to the program's working directory. */
    public Path config() {
        return SshConfig.path(this);
    }

    /**
     * Writes the configuration with which {@code ssh} reaches the hosts by their names.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public void writeConfig() {
        SshConfig.write(this);
    }

    /**
     * Writes a file beside the configuration.
     *
     * @return where it lies, relative to the program's working directory
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public Path writeBeside(String file, String text) {
        Path path = config().resolveSibling(file);
        SshConfig.replace(path, text);
        return path;
    }

    /** The configuration of one host as options of the command line of {@code ssh}. With OpenSSH 8.5 or newer they need no file that this program writes. */
    public List<String> options(SshHost host) {
        return SshOptions.of(this, host);
    }

    /**
     * Runs a command on a host to its end. The configuration must be written before.
     *
     * @param limit time after which {@code ssh} is killed, in whole seconds
     * @param input the command's standard input
     */
    public Processes.Result run(Duration limit, SshHost host, String command, String input) {
        return Processes.run(limit, Map.of(), List.of("ssh", "-F", config().toString(), host.name(), command), input);
    }
}
