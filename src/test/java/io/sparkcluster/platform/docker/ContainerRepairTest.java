package io.sparkcluster.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.platform.TestOwners;
import io.sparkcluster.platform.images.DockerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRepairTest {

    private static final ClusterPlan PLAN =
            ClusterPlan.of(ClusterSpec.builder("dev").build(), Naming.flat());

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void leavesNodesAloneThatAreWell() throws IOException {
        var repair = repair("dev-master\trunning\tdev", "dev-worker-1\trunning\tdev", "dev-edge\texited\tdev");

        assertThat(repair.repair(said::add)).isEmpty();

        assertThat(said).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void startsAWorkerAnewThatComesBackToItsNetworkWithAnotherAddress() throws IOException {
        var repair = repair("dev-worker-1\trunning\tbridge");

        assertThat(repair.repair(said::add)).isEmpty();

        assertThat(said).containsExactly("dev-worker-1 was taken off the network dev by hand: bringing it back");
        assertThat(changes())
                .containsExactly("network connect --alias dev-worker-1 dev dev-worker-1", "restart dev-worker-1");
    }

    @Test
    void keepsWhatTheEdgeNodeHasInMemory() throws IOException {
        var repair = repair("dev-edge\trunning\t", "dev-master\tpaused\tdev");

        assertThat(repair.repair(said::add)).isEmpty();

        assertThat(changes()).containsExactly("unpause dev-master", "network connect --alias dev-edge dev dev-edge");
    }

    @Test
    void bringsTheMasterBackBeforeTheWorkersThatNeedIt() throws IOException {
        var repair = repair("dev-worker-1\tpaused\tdev", "dev-master\tpaused\tdev");

        assertThat(repair.repair(said::add)).isEmpty();

        assertThat(changes()).containsExactly("unpause dev-master", "unpause dev-worker-1");
    }

    @Test
    void doesNotWaitForAWorkerWhoseMasterIsMadeAnewInTheSameUpdate() throws IOException {
        var repair = repair("dev-worker-1\trunning\tbridge", "dev-master\texited\tdev");
        Files.writeString(folder.resolve("unhealthy"), "");

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThat(repair.repair(said::add))
                .isEmpty());

        assertThat(changes())
                .containsExactly("network connect --alias dev-worker-1 dev dev-worker-1", "restart dev-worker-1");
    }

    @Test
    void saysWhatTheEngineRefused() throws IOException {
        var repair = repair("dev-worker-1\trunning\tbridge");
        Files.writeString(folder.resolve("refused"), "");

        assertThat(repair.repair(said::add)).singleElement().satisfies(problem -> {
            assertThat(problem.value()).isEqualTo("dev-worker-1");
            assertThat(problem.rule()).contains("was taken off the network dev by hand", "no address is left");
            assertThat(problem.remedy()).contains("docker rm --force dev-worker-1");
        });
        assertThat(changes()).noneMatch(change -> change.startsWith("restart"));
    }

    @Test
    void aPreviewChangesNothing() throws IOException {
        repair("dev-worker-1\tpaused\tdev").announce(said::add);

        assertThat(said).containsExactly("dev-worker-1 was paused by hand: up brings it back");
        assertThat(changes()).isEmpty();
    }

    /** What was asked of the engine, but questions. */
    private List<String> changes() throws IOException {
        Path asked = folder.resolve("asked");
        return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    }

    /** An engine that lists these containers and finds each healthy after it was brought back. */
    private ContainerRepair repair(String... containers) throws IOException {
        Files.writeString(folder.resolve("listed"), String.join("\n", containers) + "\n");
        Path docker = folder.resolve("docker");
        Files.writeString(docker, """
                #!/bin/sh
                cd "$(dirname "$0")" || exit 1
                case "$*" in
                  ps*) cat listed ;;
                  'network inspect'*) ;;
                  'inspect --format {{.State.Status}} '*Health*)
                    if [ -e unhealthy ]; then echo 'running starting'; else echo 'running healthy'; fi
                    ;;
                  inspect*) grep "^$4$(printf '\\t')" listed | cut -f 2 ;;
                  *)
                    if [ -e refused ]; then echo 'no address is left' >&2; exit 1; fi
                    echo "$*" >>asked
                    ;;
                esac
                """);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ContainerRepair(new DockerCli(docker.toString(), Optional.empty()), PLAN, TestOwners.MINE.owner());
    }
}
