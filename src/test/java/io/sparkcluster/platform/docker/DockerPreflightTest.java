package io.sparkcluster.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.MasterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerPreflightTest {

    private static final String ANSWERS = "case $1 in version) echo 27.0.0;; ps) ;; esac";

    @TempDir
    private Path folder;

    @Test
    void findsNothingWhereAnEngineAnswersAndPortsAreFree() throws IOException {
        assertThat(check(ANSWERS, plan(freePort(), freePort()))).isEmpty();
    }

    @Test
    void namesThePortThatAnotherProgramHasAndTheKeyToChange() throws IOException {
        try (var taken = listen()) {
            assertThat(check(ANSWERS, plan(taken.getLocalPort(), freePort())))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.field()).isEqualTo("master.uiPort");
                        assertThat(problem.value()).isEqualTo(Integer.toString(taken.getLocalPort()));
                        assertThat(problem.remedy()).contains("pulumi config set --path master.uiPort");
                    });
        }
    }

    @Test
    void aPortOfTheStacksOwnContainersIsFreeForIt() throws IOException {
        String ours =
                "case $1 in version) echo 27.0.0;; ps) case \"$*\" in *stack=project/dev*) echo 4711;; esac;; esac";
        try (var taken = listen()) {
            assertThat(check(ours, plan(taken.getLocalPort(), freePort()))).isEmpty();
        }
    }

    @Test
    void tellsMissingRightsFromAMissingEngine() throws IOException {
        String noRights = "echo 'permission denied while trying to connect to the docker API' >&2; exit 1";
        String noEngine = "echo 'Cannot connect to the Docker daemon' >&2; exit 1";

        assertThat(check(noRights, plan(18080, 18888)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("group docker"));
        assertThat(check(noEngine, plan(18080, 18888))).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).contains("no Docker engine answers", "Cannot connect to the Docker daemon");
            assertThat(problem.remedy()).contains("DOCKER_HOST");
        });
    }

    @Test
    void saysThatTheCommandLineIsMissing() {
        var preflight = new DockerPreflight(folder.resolve("absent").toString(), Optional.empty(), Map.of());

        assertThat(preflight.check(plan(18080, 18888), "project/dev"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).contains("no docker command on the PATH"));
    }

    private List<Problem> check(String script, ClusterPlan plan) throws IOException {
        Path docker = folder.resolve("docker");
        Files.writeString(docker, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new DockerPreflight(docker.toString(), Optional.empty(), Map.of()).check(plan, "project/dev");
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** A port that was free a moment ago; two calls give two ports, as the system counts on. */
    private static int freePort() throws IOException {
        try (var socket = listen()) {
            return socket.getLocalPort();
        }
    }

    private static ClusterPlan plan(int ui, int lab) {
        return ClusterPlan.of(
                ClusterSpec.builder("dev")
                        .master(MasterSpec.DEFAULT.withUiPort(ui))
                        .edge(EdgeSpec.DEFAULT.withPort(lab))
                        .build(),
                Naming.flat());
    }
}
