package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Owner;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A machine that is a folder: scripts for machines run in it, with stand-ins for what they would change. Nothing else is on their path, and every place that they name is
 * below the folder.
 */
final class MachineFolder {

    static final Owner MINE = new Owner("mine0000", "me on laptop, stack dev");
    static final Owner OTHER = new Owner("other000", "bob on tower, stack dev");

    private static final Path STAND_INS = Path.of("src/test/resources/swarm/machine");
    private static final List<String> TOOLS = List.of(
            "bash", "sh", "sed", "sort", "comm", "awk", "cat", "grep", "mv", "cp", "mkdir", "rm", "rmdir", "head",
            "tail", "cut", "wc", "sleep", "timeout", "ls", "mktemp", "xargs", "touch", "sync", "true", "tr");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Path root;
    private final Path bin;
    private int port;

    MachineFolder(Path root) {
        this.root = root;
        this.bin = root.resolve("bin");
        try {
            Files.createDirectories(bin);
            for (String tool : TOOLS) {
                Path there = Stream.of("/usr/bin", "/bin")
                        .map(folder -> Path.of(folder, tool))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("this machine has no " + tool));
                command(tool, "exec " + there + " \"$@\"");
            }
            try (var files = Files.list(STAND_INS)) {
                for (Path file : files.toList()) {
                    Files.copy(file, bin.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            for (String idle : List.of("dpkg", "ip", "systemctl", "usermod", "gpasswd")) {
                command(idle, "exit 0");
            }
            // There is no package docker-cli.
            command("apt-cache", "exit 1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("dpkg", "installed bash", "installed iptables", "config-files tini");
        write("wanted", "containerd", "runc", "tini", "iptables", "docker.io");
    }

    private void command(String name, String line) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/bash\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Where the engine's API is, for what is asked by {@code docker system dial-stdio}. */
    void api(int at) {
        this.port = at;
    }

    /** Runs a verb for an owner; values besides the usual ones are words of the shell. */
    Processes.Result run(Owner owner, String script, String verb, Map<String, String> values) {
        return run("lab", owner, script, verb, values);
    }

    Processes.Result run(String cluster, Owner owner, String script, String verb, Map<String, String> values) {
        var all = new TreeMap<>(Map.of(
                "ADMINISTRATOR",
                "root",
                "OWNER",
                ShellWord.of(owner.id()),
                "OWNER_NAME",
                ShellWord.of(owner.name()),
                "SWARM",
                cluster));
        all.putAll(values);
        return Processes.run(
                SOON,
                Map.of(
                        "PATH",
                        bin.toString(),
                        "ROOT",
                        root.toString(),
                        "BIN",
                        bin.toString(),
                        "PORT",
                        Integer.toString(port)),
                List.of("/bin/bash", "-s", "--", verb),
                below(Scripts.of(script, all)));
    }

    /** The script with all places that it names below the folder. */
    private String below(String script) {
        String moved = script;
        for (String place : List.of("/var/lib/", "/etc/docker", "/run/", "/proc/net/")) {
            moved = moved.replace(place, root + place);
        }
        return moved;
    }

    void write(String file, String... lines) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(String file, String line) {
        var lines = new ArrayList<>(lines(file));
        lines.add(line);
        write(file, lines.toArray(String[]::new));
    }

    List<String> lines(String file) {
        try {
            return has(file) ? Files.readAllLines(root.resolve(file)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    void remove(String file) {
        try {
            Files.delete(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes of a cluster, as an earlier release or another owner wrote them. */
    void note(String cluster, String name, String... lines) {
        write("var/lib/sparkcluster/" + cluster + "/" + name, lines);
    }
}
