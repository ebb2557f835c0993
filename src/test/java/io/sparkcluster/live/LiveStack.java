package io.sparkcluster.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sparkcluster.program.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A stack of the real program in a project folder of its own, driven through the command line: its own state, its own ports, names that no other
 * test uses. The Automation API would do, but 1.36 cannot read a history whose configuration has objects.
 */
final class LiveStack implements AutoCloseable {

    static final String PROJECT = "spark-cluster";
    private static final String PASSPHRASE = "correct horse battery staple";

    /** From nothing, with every image to be built on a cold machine. */
    private static final Duration UP = Duration.ofMinutes(25);

    private static final Duration SHORT = Duration.ofMinutes(2);

    private static final int FIRST_PORT = 20_000;
    private static final int END_OF_PORTS = 30_000;
    private static final int PORTS_TRIED = 1000;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Path folder;
    private final Map<String, String> engine;
    private final int uiPort = freePort();
    private final int labPort = freePort();
    private boolean imported;
    private Path plugins = Path.of(System.getenv("PULUMI_HOME"));

    private LiveStack(String name, Path folder, Map<String, String> engine) throws IOException {
        this.name = name;
        this.folder = folder;
        this.engine = engine;
        Files.writeString(
                folder.resolve("Pulumi.yaml"),
                "name: " + PROJECT
                        + "\nruntime:\n  name: java\n  options:\n    binary: program.jar\noptions:\n  refresh: always\n");
        writeLauncher(folder.resolve("program.jar"));
        Files.createDirectories(folder.resolve("state"));
        LiveOwners.removeLeftovers(engine);
        LiveOwners.rememberFolder(folder);
        pulumi(SHORT, "stack", "init", name).orFail();
        configure(Map.of("master.uiPort", Integer.toString(uiPort), "edge.port", Integer.toString(labPort)));
    }

    static LiveStack create(String name, Path folder) {
        return create(name, folder, Map.of());
    }

    /**
     * One whose containers are on another engine than the default one.
     *
     * @param engine the environment in which the docker command finds it
     */
    static LiveStack create(String name, Path folder, Map<String, String> engine) {
        try {
            return new LiveStack(name, folder, engine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "PULUMI_HOME",
                plugins.toString(),
                "PULUMI_BACKEND_URL",
                folder.resolve("state").toUri().toString(),
                "PULUMI_CONFIG_PASSPHRASE",
                PASSPHRASE,
                "PULUMI_CONFIG_PASSPHRASE_FILE",
                "");
    }

    /** Has Pulumi find its plugins in another home from now on. */
    void usePlugins(Path pulumiHome) {
        plugins = pulumiHome;
        // The home also knows which stack is selected.
        pulumi(SHORT, "stack", "select", name).orFail();
    }

    private Shell.Result pulumi(Duration limit, String... arguments) {
        return Shell.run(limit, folder, environment(), command(arguments));
    }

    private static String[] command(String... arguments) {
        var command = new ArrayList<>(List.of("pulumi", "--non-interactive", "--color", "never"));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
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
        new TreeMap<>(values)
                .forEach((key, value) -> pulumi(SHORT, "config", "set", "--path", PROJECT + ":" + key, value)
                        .orFail());
    }

    /** Stores a value as {@code pulumi config set --secret} does. */
    void configureSecret(String key, String value) {
        pulumi(SHORT, "config", "set", "--secret", "--path", PROJECT + ":" + key, value)
                .orFail();
    }

    /** Renames the stack in its backend; the cluster keeps its name. */
    void rename(String stack) {
        pulumi(SHORT, "stack", "rename", stack).orFail();
    }

    void unset(String key) {
        pulumi(SHORT, "config", "rm", "--path", PROJECT + ":" + key).orFail();
    }

    /** Inputs of the images that the configuration would build or pull, by role. */
    Map<String, JsonObject> images() {
        var images = new TreeMap<String, JsonObject>();
        for (var step : steps()) {
            var state = step.getAsJsonObject().getAsJsonObject("newState");
            if (state.get("type").getAsString().equals("docker:index/remoteImage:RemoteImage")) {
                String urn = state.get("urn").getAsString();
                images.put(urn.replaceFirst(".*::spark-images-", ""), state.getAsJsonObject("inputs"));
            }
        }
        return images;
    }

    /** Takes a state as this stack's, as if its own {@code up} had made it. Such a stack is for previews: closing it removes nothing that the state names. */
    void importState(Path file) {
        imported = true;
        pulumi(SHORT, "stack", "import", "--file", file.toAbsolutePath().toString())
                .orFail();
    }

    /** What {@code up} would do, step by step, as the command line tells programs. */
    JsonArray steps(String... options) {
        var arguments = new ArrayList<>(List.of("preview", "--json"));
        arguments.addAll(List.of(options));
        String said = pulumi(UP, arguments.toArray(String[]::new)).orFail().text();
        return JsonParser.parseString(said.substring(said.indexOf('{')))
                .getAsJsonObject()
                .getAsJsonArray("steps");
    }

    /** Makes what the configuration says; returns what the command line said. */
    String up() {
        return up(UP);
    }

    /** The same with another limit. */
    String up(Duration limit) {
        var result = pulumi(limit, "up", "--yes", "--skip-preview");
        owner();
        return result.orFail().text();
    }

    /** What {@code up} would do to resources, by their names; nothing of those that stay as they are. */
    Map<String, String> changes() {
        var changes = new TreeMap<String, String>();
        for (var step : steps()) {
            String op = step.getAsJsonObject().get("op").getAsString();
            String urn = step.getAsJsonObject().get("urn").getAsString();
            if (!op.equals("same") && !op.equals("refresh") && !op.equals("read")) {
                changes.put(urn.substring(urn.lastIndexOf(':') + 1), op);
            }
        }
        return changes;
    }

    /** Shows what {@code up} would do; returns what the command line said. */
    String preview() {
        return pulumi(UP, "preview").orFail().text();
    }

    /** An {@code up} that goes on while the test does something else. */
    Process startUp(Path log) throws IOException {
        return Shell.start(folder, environment(), log, command("up", "--yes", "--skip-preview"));
    }

    /** An {@code up} that must find nothing to do. */
    void upWithoutChanges() {
        pulumi(UP, "up", "--yes", "--skip-preview", "--expect-no-changes").orFail();
    }

    /** An {@code up} that must fail; returns all that it said. */
    String failingUp() {
        var result = pulumi(UP, "up", "--yes", "--skip-preview");
        if (result.code() == 0) {
            throw new AssertionError("up should have failed: " + result.text());
        }
        return result.text();
    }

    /** Outputs, secret ones as {@code [secret]}. */
    JsonObject outputs() {
        return JsonParser.parseString(
                        pulumi(SHORT, "stack", "output", "--json").orFail().text())
                .getAsJsonObject();
    }

    String secret(String output) {
        return pulumi(SHORT, "stack", "output", output, "--show-secrets")
                .orFail()
                .text()
                .strip();
    }

    void destroy() {
        pulumi(UP, "destroy", "--yes", "--skip-preview").orFail();
    }

    /** All that the stack's backend has stored, as it lies on disk. */
    String state() throws IOException {
        try (var files = Files.walk(folder.resolve("state"))) {
            var all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    /** The identifier of the stack's owner, which the first {@code up} makes; empty before. */
    String owner() {
        var tag = pulumi(SHORT, "stack", "tag", "get", "sparkcluster:owner");
        String id = tag.code() == 0 ? tag.text().strip() : "";
        if (!id.isEmpty()) {
            LiveOwners.remember(id);
        }
        return id;
    }

    private String filter() {
        String id = owner();
        return "label=io.sparkcluster.owner=" + (id.isEmpty() ? "none" : id);
    }

    /** Everything that carries this owner's label, by kind. */
    List<String> remains() {
        return labelled(engine, filter());
    }

    /** Everything on an engine that a filter of {@code docker} selects, by kind. */
    static List<String> labelled(Map<String, String> engine, String filter) {
        return List.of(
                        Shell.docker(engine, "ps", "--all", "--filter", filter, "--format", "container {{.Names}}"),
                        Shell.docker(engine, "network", "ls", "--filter", filter, "--format", "network {{.Name}}"),
                        Shell.docker(engine, "volume", "ls", "--filter", filter, "--format", "volume {{.Name}}"))
                .stream()
                .flatMap(result -> result.orFail().text().lines())
                .toList();
    }

    /** Container names with their identifiers: what was replaced has another one. */
    Map<String, String> containers() {
        return Shell.docker(engine, "ps", "--no-trunc", "--filter", filter(), "--format", "{{.Names}} {{.ID}}")
                .orFail()
                .text()
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** Whether the docker plugin was built by this project; otherwise it is the official one. */
    boolean hasOwnDockerPlugin() {
        Path plugins = Path.of(System.getenv("PULUMI_HOME"), "plugins");
        String line = "\"$1\"/resource-docker-v*/pulumi-resource-docker --version";
        return Shell.run(SHORT, folder, Map.of(), "bash", "-c", line, "bash", plugins.toString())
                .orFail()
                .text()
                .contains("drop-in");
    }

    /** Takes away whatever a test left, whether its stack could be destroyed or not. */
    @Override
    public void close() {
        if (imported) {
            LiveOwners.forgetFolder(folder);
            return;
        }
        var destroyed = pulumi(UP, "destroy", "--yes", "--skip-preview");
        if (destroyed.code() != 0) {
            System.err.println("destroy after the test failed: " + destroyed.text());
        }
        String id = owner();
        if (!id.isEmpty()) {
            LiveOwners.remove(engine, id);
        }
        LiveOwners.forgetFolder(folder);
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

    /**
     * A port that nothing uses, and that no connection takes before the stack is up: those that the system hands out to connections begin at 32768, and
     * Kubernetes' NodePorts at 30000.
     */
    static int freePort() {
        return ThreadLocalRandom.current()
                .ints(PORTS_TRIED, FIRST_PORT, END_OF_PORTS)
                .filter(LiveStack::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        PORTS_TRIED + " ports from " + FIRST_PORT + " to " + END_OF_PORTS + " are all taken"));
    }

    private static boolean isFree(int port) {
        if (!HANDED_OUT.add(port)) {
            return false;
        }
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
