package io.sparkcluster.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A clone of this working tree, with what is not committed yet, in a folder with a blank in its path, and in it a stack that is one of the committed ones
 * under another name: another cluster, on other ports. Stack files are the committed ones: those of a checkout that is in use hold its user's settings, and
 * the salt of its stack.
 *
 * @param folder where it is
 * @param stack the name of the stack
 * @param uiPort where Spark's page is published
 * @param labPort where JupyterLab is published
 */
record FreshClone(Path folder, String stack, int uiPort, int labPort) {

    /** From nothing, with every image to be built on a cold machine. */
    static final Duration LIMIT = Duration.ofMinutes(25);

    /**
     * Clones the working tree.
     *
     * @param parent where to
     * @param committed the name of the stack whose file the new one's is a copy of; the test bed's own is {@code swarm-testbed}
     * @param stack the name of the new one
     */
    static FreshClone of(Path parent, String committed, String stack) throws IOException {
        Path folder = parent.resolve("a fresh clone");
        Path here = Path.of(".").toAbsolutePath().normalize();
        git(here, "clone", "--quiet", ".", folder.toString());
        for (String file : Set.copyOf(git(here, "ls-files", "--modified", "--others", "--exclude-standard"))) {
            Path target = folder.resolve(file);
            if (target.getFileName().toString().matches("Pulumi\\..+\\.yaml")) {
                continue;
            }
            if (Files.exists(here.resolve(file))) {
                Files.createDirectories(target.getParent());
                Files.copy(
                        here.resolve(file),
                        target,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            } else {
                Files.deleteIfExists(target);
            }
        }
        return withStack(folder, committed, stack);
    }

    /** The same clone with another stack, as {@link #of} makes one. */
    FreshClone beside(String committed, String other) throws IOException {
        return withStack(folder, committed, other);
    }

    private static FreshClone withStack(Path folder, String committed, String stack) throws IOException {
        var clone = new FreshClone(folder, stack, LiveStack.freePort(), LiveStack.freePort());
        Path file = folder.resolve("stacks").resolve("Pulumi." + committed + ".yaml");
        if (!Files.exists(file)) {
            // That of the machines for a Swarm is not committed: what makes them writes it.
            Shell.run(LIMIT, folder, Map.of(), "make", "testbed-swarm-up").orFail();
        }
        Files.writeString(
                folder.resolve("stacks").resolve("Pulumi." + stack + ".yaml"),
                Files.readString(file).stripTrailing() + "\n"
                        + """
                          spark-cluster:name: %s
                          spark-cluster:master: {uiPort: %d}
                          spark-cluster:edge: {port: %d}
                        """.formatted(clone.cluster(), clone.uiPort, clone.labPort));
        return clone;
    }

    /** The cluster's name, which is not the one that would follow from the stack's. */
    String cluster() {
        return stack + "-cluster";
    }

    String lab() {
        return "http://127.0.0.1:" + labPort + "/lab";
    }

    /** Runs one of the Makefile's targets. Nothing of the state that the test run itself uses reaches the clone. */
    Shell.Result make(String... arguments) {
        var command = new ArrayList<>(List.of("make"));
        command.addAll(List.of(arguments));
        return Shell.run(LIMIT, folder, environment(), command.toArray(String[]::new));
    }

    /** Runs a line of bash in the clone. */
    Shell.Result bash(String line) {
        return Shell.run(LIMIT, folder, environment(), "bash", "-c", line);
    }

    /** What {@code make token} puts on standard output, where a script would take it from. */
    String token() {
        return bash("printf %s \"$(make -s token 2>/dev/null)\"").orFail().text();
    }

    Map<String, String> environment() {
        return Map.of("STACK", stack);
    }

    /** Takes the cluster, the workspace and the stack away; what cannot be taken away is said. */
    void leaveNothing() {
        for (String line : List.of("make purge", "eval \"$(make -s env)\" && pulumi stack rm --yes --stack " + stack)) {
            var left = bash(line);
            if (left.code() != 0) {
                System.err.println(line + " failed: " + left.text());
            }
        }
    }

    private static List<String> git(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return Shell.run(Duration.ofMinutes(2), folder, Map.of(), command.toArray(String[]::new))
                .orFail()
                .text()
                .lines()
                .toList();
    }
}
