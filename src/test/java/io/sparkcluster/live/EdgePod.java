package io.sparkcluster.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The edge node of a cluster on Kubernetes, and what lies around it in its namespace.
 *
 * @param namespace the namespace
 * @param name the pod
 */
record EdgePod(String namespace, String name) {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    Shell.Result kubectl(String... arguments) {
        return Shell.run(LIMIT, Path.of("."), Map.of(), command(List.of(arguments)));
    }

    /** Commands in it. */
    EdgeShell shell() {
        // By web sockets kubectl now and then says that it discards an empty message.
        return new EdgeShell(
                Map.of("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", "false"),
                () -> List.of(command(List.of("exec", name, "--container", "node", "--"))));
    }

    Shell.Result run(String... arguments) {
        return shell().run(arguments);
    }

    Process start(Path log, String... arguments) throws IOException {
        return shell().start(log, arguments);
    }

    /** Names of the pods of a role, those that are ending among them. */
    List<String> pods(String role) {
        return names("io.sparkcluster.role=" + role);
    }

    /** Names of all pods in the namespace. */
    List<String> pods() {
        return names("");
    }

    private List<String> names(String selector) {
        String names = kubectl("get", "pods", "--selector", selector, "--output", "jsonpath={.items[*].metadata.name}")
                .orFail()
                .text();
        return names.isBlank() ? List.of() : List.of(names.strip().split(" ", -1));
    }

    /** Names of pods with their identifiers: what was replaced has another one. */
    Map<String, String> identities() {
        var found = new TreeMap<String, String>();
        kubectl("get", "pods", "--output", "jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{'\\n'}{end}")
                .orFail()
                .text()
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(parts -> found.put(parts[0], parts[1]));
        return found;
    }

    void awaitReady() {
        kubectl("wait", "--for=condition=Ready", "pod/" + name, "--timeout=120s")
                .orFail();
    }

    void copy(Path file) throws IOException {
        shell().copy(file);
    }

    private String[] command(List<String> arguments) {
        var all = new ArrayList<>(List.of("kubectl", "--context", "minikube", "--namespace", namespace));
        all.addAll(arguments);
        return all.toArray(String[]::new);
    }
}
