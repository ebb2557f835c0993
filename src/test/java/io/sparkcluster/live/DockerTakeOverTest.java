package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack that the last release without owners made, with a workspace that goes with it, is taken over by this one: its containers, those that carry secrets among
 * them, and its network are replaced once. Its volumes, its file and its secrets stay.
 */
@Tag("live")
@Tag("docker")
@Tag("nightly")
class DockerTakeOverTest {

    /** The last commit before owners were noted. */
    private static final String BEFORE_OWNERS = "72f3fb4";

    private static final String STACK = "testtakeover";
    private static final String CLUSTER = "spark-" + STACK;
    private static final Duration SHORT = Duration.ofMinutes(2);

    /** The older release brings a toolchain and images of its own, which nothing else uses: all of them are built. */
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private static final Map<String, String> ENVIRONMENT = Map.of("STACK", STACK);

    @TempDir
    private Path folder;

    @Test
    void aStackOfTheReleaseBeforeOwnersKeepsItsFilesAndSecrets() throws IOException {
        Path here = Path.of(".").toAbsolutePath().normalize();
        if (Shell.run(SHORT, here, Map.of(), "git", "cat-file", "-e", BEFORE_OWNERS + "^{commit}")
                        .code()
                != 0) {
            String reason = "this clone is shallow and lacks the commit " + BEFORE_OWNERS;
            System.out.println("SKIPPED: " + reason);
            abort(reason);
        }
        Path clone = folder.resolve("clone");
        Shell.run(SHORT, here, Map.of(), "git", "clone", "--quiet", ".", clone.toString())
                .orFail();
        Files.writeString(clone.resolve("stacks/Pulumi." + STACK + ".yaml"), """
                config:
                  spark-cluster:platform: docker
                  spark-cluster:workspace: {retain: false}
                  spark-cluster:workers: {count: 1}
                  spark-cluster:smokeTest: false
                  spark-cluster:master: {uiPort: %d}
                  spark-cluster:edge: {port: %d}
                """.formatted(
                        LiveStack.freePort(), LiveStack.freePort()));
        try {
            checkOut(clone, BEFORE_OWNERS);
            make(clone, "up").orFail();
            onEdge("echo precious >/workspace/precious.txt").orFail();
            var containers = containers();
            var networks = networks();
            var volumes = volumes();
            String workspace = created();
            String token = secret(SecretSpec.JUPYTER_TOKEN);
            String sparkSecret = secret(SecretSpec.SPARK_AUTH);
            assertThat(containers)
                    .containsOnlyKeys(
                            CLUSTER + "-master",
                            CLUSTER + "-worker-1",
                            CLUSTER + "-edge",
                            CLUSTER + "-" + SecretSpec.JUPYTER_TOKEN.name(),
                            CLUSTER + "-" + SecretSpec.SPARK_AUTH.name());
            assertThat(networks).hasSize(1);
            assertThat(volumes)
                    .containsKeys(
                            CLUSTER + "-workspace",
                            CLUSTER + "-" + SecretSpec.JUPYTER_TOKEN.name(),
                            CLUSTER + "-" + SecretSpec.SPARK_AUTH.name())
                    .allSatisfy((name, owner) -> assertThat(owner).as(name).isEmpty());
            assertThat(jupyterToken(clone)).isEqualTo(token);

            checkOut(clone, "-");
            assertThat(make(clone, "up").orFail().text()).contains("taking it over");

            allReplaced(containers, containers());
            allReplaced(networks, networks());
            assertThat(volumes()).isEqualTo(volumes);
            assertThat(created()).isEqualTo(workspace);
            assertThat(onEdge("cat /workspace/precious.txt").orFail().text()).isEqualTo("precious\n");
            assertThat(jupyterToken(clone)).isEqualTo(token);
            assertThat(secret(SecretSpec.JUPYTER_TOKEN)).isEqualTo(token);
            assertThat(secret(SecretSpec.SPARK_AUTH)).isEqualTo(sparkSecret);

            var after = containers();
            assertThat(make(clone, "up").orFail().text()).doesNotContain("taking it over", "to replace");
            assertThat(containers()).isEqualTo(after);
        } finally {
            make(clone, "purge");
        }
    }

    private static void checkOut(Path clone, String what) {
        Shell.run(SHORT, clone, Map.of(), "git", "checkout", "--quiet", what).orFail();
    }

    private static Shell.Result make(Path clone, String target) {
        return Shell.run(LIMIT, clone, ENVIRONMENT, List.of("make", target).toArray(String[]::new));
    }

    private static Shell.Result onEdge(String command) {
        return Shell.docker("exec", CLUSTER + "-edge", "sh", "-c", command);
    }

    /** A secret as a node reads it. Both releases keep it in the same file. */
    private static String secret(SecretSpec secret) {
        String value = onEdge("cat " + secret.file()).orFail().text();
        assertThat(value).as(secret.name()).matches("[A-Za-z0-9_-]{43}");
        return value;
    }

    /** The output with the token, the last line of what the command prints. */
    private static String jupyterToken(Path clone) {
        return make(clone, "token")
                .orFail()
                .text()
                .lines()
                .reduce((earlier, last) -> last)
                .orElse("");
    }

    /** The names are the same, and nothing that had one of them before has it now. */
    private static void allReplaced(Map<String, String> before, Map<String, String> after) {
        assertThat(after).containsOnlyKeys(before.keySet());
        assertThat(after.values()).doesNotContainAnyElementsOf(before.values());
    }

    private static Map<String, String> containers() {
        return byName(Shell.docker(
                "ps", "--all", "--no-trunc", "--filter", "name=" + CLUSTER, "--format", "{{.Names}} {{.ID}}"));
    }

    private static Map<String, String> networks() {
        return byName(Shell.docker(
                "network", "ls", "--no-trunc", "--filter", "name=" + CLUSTER, "--format", "{{.Name}} {{.ID}}"));
    }

    /** Volumes with their owners. A volume keeps the labels that it was made with, and one that this release makes has an owner. */
    private static Map<String, String> volumes() {
        return byName(Shell.docker(
                "volume",
                "ls",
                "--filter",
                "name=" + CLUSTER,
                "--format",
                "{{.Name}} {{.Label \"" + Labels.OWNER + "\"}}"));
    }

    /** When the workspace was made. Before Docker 23 this is when its folder was last changed, so that it tells nothing about volumes in use. */
    private static String created() {
        return Shell.docker("volume", "inspect", "--format", "{{.CreatedAt}}", CLUSTER + "-workspace")
                .orFail()
                .text();
    }

    private static Map<String, String> byName(Shell.Result listed) {
        return listed.orFail()
                .text()
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }
}
