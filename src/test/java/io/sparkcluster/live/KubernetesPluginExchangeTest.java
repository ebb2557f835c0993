package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack of the Minikube configuration moves from this project's kubernetes plugin to the official one and back, while its pods go on and a file in its
 * workspace stays. {@code make test-nightly PART=plugin-exchange} builds the official plugin, release 4.25.0, and names it.
 */
@Tag("live")
@Tag("kubernetes")
@Tag("nightly")
@Tag("exchange")
class KubernetesPluginExchangeTest {

    private static final EdgePod EDGE = new EdgePod("spark-exchange", "spark-exchange-edge-0");

    /**
     * Resources that one plugin updates after the other, and why. Nothing of the cluster: its objects are left as they are.
     *
     * <p>The provider itself is none: its inputs are the program's.
     */
    private static final Map<String, String> UPDATED = Map.of();

    @TempDir
    private Path folder;

    @Test
    void aStackMovesToTheOfficialPluginAndBack() throws IOException {
        String official = System.getenv("OFFICIAL_KUBERNETES_PLUGIN");
        if (official == null) {
            String reason = "OFFICIAL_KUBERNETES_PLUGIN is not set; make test-nightly PART=plugin-exchange sets it";
            System.out.println("SKIPPED: " + reason);
            abort(reason);
        }
        Path ours = Path.of(System.getenv("PULUMI_HOME"));
        Path theirs = homeWith(ours, Path.of(official).resolve("pulumi-resource-kubernetes"));
        try (var stack = LiveStack.create("exchange", folder)) {
            stack.configure(Map.of(
                    "platform", "kubernetes",
                    "kubernetes.context", "minikube",
                    "kubernetes.delivery", "minikube",
                    // A test bed has fewer processors than the configuration asks for.
                    "kubernetes.cpuRequestPercent", "10",
                    "workers.count", "2",
                    "workers.cores", "2",
                    "workers.memory", "2g",
                    "workspace.retain", "false",
                    "smokeTest", "false"));
            stack.up();
            EDGE.run("sh", "-c", "echo precious >/workspace/precious.txt").orFail();
            var made = objects();

            stack.usePlugins(theirs);
            assertThat(stack.changes())
                    .as("what the official plugin would change")
                    .isEqualTo(operations());
            stack.up();
            assertThat(objects()).isEqualTo(made);
            stack.upWithoutChanges();

            stack.usePlugins(ours);
            assertThat(stack.changes()).as("what our plugin would change").isEqualTo(operations());
            stack.up();
            assertThat(objects()).isEqualTo(made);
            stack.upWithoutChanges();
            assertThat(EDGE.run("cat", "/workspace/precious.txt").orFail().text())
                    .isEqualTo("precious\n");
        }
    }

    private static Map<String, String> operations() {
        return UPDATED.keySet().stream().collect(Collectors.toMap(name -> name, name -> "update"));
    }

    /** Identifiers of what must not be made anew: the namespace, the claim, the sets and their pods. */
    private static String objects() {
        String format = "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid}{'\\n'}{end}";
        return EDGE.kubectl("get", "namespace", EDGE.namespace(), "--output", "jsonpath={.metadata.uid}")
                        .orFail()
                        .text()
                + "\n"
                + EDGE.kubectl(
                                "get",
                                "persistentvolumeclaims,statefulsets,pods,services,secrets,configmaps,networkpolicies,poddisruptionbudgets",
                                "--output",
                                format)
                        .orFail()
                        .text();
    }

    /** A home of Pulumi with the same plugins, but for that of Kubernetes. */
    private Path homeWith(Path home, Path kubernetes) throws IOException {
        Path made = Files.createDirectories(folder.resolve("official").resolve("plugins"));
        try (var plugins = Files.list(home.resolve("plugins"))) {
            for (Path plugin : plugins.filter(Files::isDirectory).toList()) {
                Path copy = Files.createDirectories(made.resolve(plugin.getFileName()));
                try (var files = Files.list(plugin)) {
                    for (Path file : files.toList()) {
                        boolean exchanged = file.getFileName().toString().equals("pulumi-resource-kubernetes");
                        Files.createSymbolicLink(
                                copy.resolve(file.getFileName()), exchanged ? kubernetes : file.toRealPath());
                    }
                }
            }
        }
        return made.getParent();
    }
}
