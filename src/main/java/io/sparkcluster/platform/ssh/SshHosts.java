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
 * @param name names the folder of the configuration: unique among the hosts that one program reaches
 * @param hosts by whose names they are called
 * @param jumpHost the host through which some of them are reached. Default: none
 * @param knownHosts the file in which SSH keeps host keys
 */
public record SshHosts(String name, List<SshHost> hosts, Optional<SshLogin> jumpHost, Path knownHosts) {

    /** Keeps its own copy. */
    public SshHosts {
        hosts = List.copyOf(hosts);
    }

    /** A path in which {@code ~} is the user's home. */
    public static Path userFile(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }

    /** The host key of a login: the given one, or the one that the file of known hosts has. */
    public Optional<String> hostKey(SshLogin login) {
        return KnownHosts.key(login, knownHosts);
    }

    /** Where the configuration lies, relative to the program's working directory. */
    public Path config() {
        return SshConfig.path(this);
    }

    /** Writes the configuration, with which {@code ssh} knows the hosts by their names. */
    public void writeConfig() {
        SshConfig.write(this);
    }

    /**
     * Writes a file beside the configuration.
     *
     * @return where it lies, relative to the program's working directory
     */
    public Path writeBeside(String file, String text) {
        Path path = config().resolveSibling(file);
        SshConfig.replace(path, text);
        return path;
    }

    /** What the configuration says about one host, as words of the command line of {@code ssh}. They need no file of this checkout. */
    public List<String> options(SshHost host) {
        return SshOptions.of(this, host);
    }

    /**
     * Runs a command on a host to its end. The configuration must be written.
     *
     * @param patience after which it is given up
     * @param input what the command reads
     */
    public Processes.Result run(Duration patience, SshHost host, String command, String input) {
        return Processes.run(
                patience, Map.of(), List.of("ssh", "-F", config().toString(), host.name(), command), input);
    }
}
