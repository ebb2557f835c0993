package io.sparkcluster.live;

import com.pulumi.automation.AutomationException;
import com.pulumi.automation.ConfigValue;
import com.pulumi.automation.DestroyOptions;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.OutputValue;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.UpResult;
import com.pulumi.automation.WorkspaceStack;
import io.sparkcluster.program.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A stack of the real program in a project folder of its own, driven through the Automation API: its own state, its own ports, names that no
 * other test uses.
 */
final class LiveStack implements AutoCloseable {

    static final String PROJECT = "spark-cluster";
    private static final String PASSPHRASE = "correct horse battery staple";

    private final String name;
    private final Path folder;
    private final WorkspaceStack stack;
    private final int uiPort = freePort();
    private final int labPort = freePort();

    private LiveStack(String name, Path folder) throws AutomationException, IOException {
        this.name = name;
        this.folder = folder;
        Files.writeString(
                folder.resolve("Pulumi.yaml"),
                "name: " + PROJECT + "\nruntime:\n  name: java\n  options:\n    binary: program.jar\n");
        writeLauncher(folder.resolve("program.jar"));
        Files.createDirectories(folder.resolve("state"));
        stack = LocalWorkspace.createOrSelectStack(
                name,
                folder,
                LocalWorkspaceOptions.builder()
                        .environmentVariables(environment())
                        .build());
        configure(Map.of("master.uiPort", Integer.toString(uiPort), "edge.port", Integer.toString(labPort)));
    }

    static LiveStack create(String name, Path folder) {
        try {
            return new LiveStack(name, folder);
        } catch (AutomationException | IOException e) {
            throw new IllegalStateException("cannot make stack " + name, e);
        }
    }

    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("PULUMI_BACKEND_URL", folder.resolve("state").toUri().toString());
        environment.put("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE);
        environment.put("PULUMI_CONFIG_PASSPHRASE_FILE", "");
        return environment;
    }

    Path folder() {
        return folder;
    }

    /** The cluster's name, which the program makes of the stack's. */
    String cluster() {
        return "spark-" + name;
    }

    String node(String role) {
        return cluster() + "-" + role;
    }

    int uiPort() {
        return uiPort;
    }

    int labPort() {
        return labPort;
    }

    void configure(Map<String, String> values) {
        try {
            for (var value : new TreeMap<>(values).entrySet()) {
                stack.setConfig(PROJECT + ":" + value.getKey(), new ConfigValue(value.getValue()), true);
            }
        } catch (AutomationException e) {
            throw new IllegalStateException(e);
        }
    }

    void unset(String key) {
        try {
            stack.removeConfig(PROJECT + ":" + key, true);
        } catch (AutomationException e) {
            throw new IllegalStateException(e);
        }
    }

    UpResult up() {
        return up(UpOptions.builder());
    }

    private UpResult up(UpOptions.Builder options) {
        try {
            return stack.up(options.onStandardOutput(System.out::println)
                    .onStandardError(System.err::println)
                    .build());
        } catch (AutomationException e) {
            throw new AssertionError("up failed: " + e.getMessage(), e);
        }
    }

    /** An {@code up} that must fail; returns all that it said. */
    String failingUp() {
        try {
            stack.up();
        } catch (AutomationException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("up should have failed");
    }

    /** What an {@code up} did, by kind of operation; unchanged resources are not listed. */
    static Map<OperationType, Integer> changes(UpResult result) {
        var changes = new LinkedHashMap<>(result.summary().resourceChanges());
        changes.remove(OperationType.SAME);
        return changes;
    }

    Map<String, OutputValue> outputs() {
        try {
            return stack.getOutputs();
        } catch (AutomationException e) {
            throw new IllegalStateException(e);
        }
    }

    String secret(String output) {
        return String.valueOf(outputs().get(output).value());
    }

    void destroy() {
        try {
            stack.destroy(DestroyOptions.builder()
                    .onStandardOutput(System.out::println)
                    .build());
        } catch (AutomationException e) {
            throw new AssertionError("destroy failed: " + e.getMessage(), e);
        }
    }

    /** Everything that carries this stack's label, by kind. */
    List<String> remains() {
        String filter = "label=io.sparkcluster.stack=" + PROJECT + "/" + name;
        return List.of(
                        Shell.docker("ps", "--all", "--filter", filter, "--format", "container {{.Names}}"),
                        Shell.docker("network", "ls", "--filter", filter, "--format", "network {{.Name}}"),
                        Shell.docker("volume", "ls", "--filter", filter, "--format", "volume {{.Name}}"))
                .stream()
                .flatMap(result -> result.orFail().text().lines())
                .toList();
    }

    /** Container names with their identifiers: what was replaced has another one. */
    Map<String, String> containers() {
        return Shell.docker(
                        "ps",
                        "--no-trunc",
                        "--filter",
                        "label=io.sparkcluster.stack=" + PROJECT + "/" + name,
                        "--format",
                        "{{.Names}} {{.ID}}")
                .orFail()
                .text()
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** Takes away whatever a test left, whether its stack could be destroyed or not. */
    @Override
    public void close() {
        try {
            stack.destroy();
        } catch (AutomationException e) {
            System.err.println("destroy after the test failed: " + e.getMessage());
        }
        String filter = "label=io.sparkcluster.stack=" + PROJECT + "/" + name;
        remove(Shell.docker("ps", "--all", "--quiet", "--filter", filter), "rm", "--force");
        remove(Shell.docker("network", "ls", "--quiet", "--filter", filter), "network", "rm");
        remove(Shell.docker("volume", "ls", "--quiet", "--filter", filter), "volume", "rm");
        try {
            stack.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Shell.Result listed, String... command) {
        listed.text().lines().forEach(id -> {
            var all = Arrays.copyOf(command, command.length + 1);
            all[command.length] = id;
            Shell.docker(all);
        });
    }

    /** A jar that only names the class path under test, so that the language host has something to run. */
    private static void writeLauncher(Path jar) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(classPath.split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (var output = Files.newOutputStream(jar)) {
            new JarOutputStream(output, manifest).close();
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
