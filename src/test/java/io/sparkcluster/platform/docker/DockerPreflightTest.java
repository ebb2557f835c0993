package io.sparkcluster.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.MasterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.TestOwners;
import io.sparkcluster.program.ProgramWords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerPreflightTest {

    private static final String ANSWERS = "case $1 in version) echo 27.0.0;; ps) ;; esac";

    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

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
                        assertThat(problem.remedy()).contains(": set master.uiPort to ");
                    });
        }
    }

    @Test
    void aPortOfTheStacksOwnContainersIsFreeForIt() throws IOException {
        String ours = things("ps", "c1|dev-master|127.0.0.1:PORT->8080/tcp|mine0000|me|dev|");
        try (var taken = listen()) {
            assertThat(check(
                            ours.replace("PORT", Integer.toString(taken.getLocalPort())),
                            plan(taken.getLocalPort(), freePort())))
                    .isEmpty();
        }
    }

    @Test
    void namesTheClusterThatHasThePortAndTheLinesForBoth() throws IOException {
        String theirs =
                things("ps", "c1|spark-master|127.0.0.1:PORT->8080/tcp|other000|bob on laptop, stack dev|spark|");
        try (var taken = listen()) {
            int port = taken.getLocalPort();
            assertThat(check(theirs.replace("PORT", Integer.toString(port)), plan(port, freePort())))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.field()).isEqualTo("master.uiPort");
                        assertThat(problem.rule())
                                .contains(
                                        "the container spark-master of the cluster \"spark\", which belongs to bob on laptop, stack dev publishes this port");
                        assertThat(problem.remedy())
                                .contains("\n      set master.uiPort to " + (port + 1))
                                .doesNotContain("edge.port");
                    });
        }
    }

    @Test
    void behindTheLastPortComeTheFirstOnes() throws IOException {
        String theirs = "c1|lab-edge|127.0.0.1:65535->8888/tcp|other000|bob on laptop|lab|";

        assertThat(remote(things("ps", theirs)).check(plan(28080, 65535), TestOwners.MINE))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("\n      set edge.port to 1024"));
    }

    /** Nothing of this machine is asked then: what it listens on is not what that machine has taken. */
    @Test
    void onAnotherMachineOnlyWhatItsEnginePublishesOnThatAddressIsInTheWay() throws IOException {
        String theirs = "c1|lab-edge|ADDRESS:18000-18100->8888/tcp|other000|bob on laptop|lab|";
        for (String address : List.of("127.0.0.1", "0.0.0.0", "[::]")) {
            var preflight = remote(things("ps", theirs.replace("ADDRESS", address)));
            assertThat(preflight.check(plan(28080, 18050), TestOwners.MINE))
                    .as(address)
                    .extracting(Problem::field)
                    .containsExactly("edge.port");
        }
        try (var taken = listen()) {
            var preflight = remote(things("ps", theirs.replace("ADDRESS", "192.0.2.7")));
            assertThat(preflight.check(plan(taken.getLocalPort(), 18050), TestOwners.MINE))
                    .isEmpty();
        }
    }

    @Test
    void refusesNamesOfAnotherOwnerAllAtOnce() throws IOException {
        String theirs = "case $1 in version) echo 27.0.0;; ps) " + line("c1|dev-edge||other000|bob on laptop|dev|")
                + ";; network) " + line("n1|dev||other000|bob on laptop|dev|") + ";; volume) "
                + line("dev-workspace|dev-workspace||other000|bob on laptop|dev|") + ";; esac";

        assertThat(check(theirs, plan(freePort(), freePort()))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("name");
            assertThat(problem.rule())
                    .isEqualTo(
                            "the engine has things of this name that are of the cluster \"dev\", which belongs to bob on laptop (container dev-edge; network dev; volume dev-workspace)");
            assertThat(problem.remedy()).isEqualTo("To have a cluster beside it:\n      set name to dev-2");
        });
    }

    @Test
    void aWorkspaceOfAnotherOwnerIsOnlyMountedWhenItIsNamed() throws IOException {
        String theirs = things("volume", "dev-workspace|dev-workspace||other000|bob on laptop|dev|");

        assertThat(check(theirs, plan(freePort(), freePort()))).singleElement().satisfies(problem -> assertThat(
                        problem.remedy())
                .contains("To use that workspace too: set workspace.existing to dev-workspace. "));
        assertThat(check(theirs, withWorkspace("dev-workspace"))).isEmpty();
        assertThat(check(theirs, withWorkspace("dev-workspce"))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("workspace.existing");
            assertThat(problem.rule()).isEqualTo("the engine has no volume of this name");
        });
    }

    @Test
    void aWorkspaceThatAnotherResourceNamesIsNotLookedFor() throws IOException {
        String theirs = things("volume", "dev-workspace|dev-workspace||other000|bob on laptop|dev|");

        assertThat(check(theirs, withWorkspace(SharedVolumeSpec.existingNamedLater())))
                .isEmpty();
    }

    @Test
    void whatAnEarlierReleaseMadeIsTakenOverIfTheStateHasIt() throws IOException {
        String legacy = "case $1 in version) echo 27.0.0;; ps) " + line("c1|dev-master||||dev|project/dev")
                + ";; volume) case $2 in inspect) echo 2026-11-26T03:00:00Z;; *) "
                + line("dev-workspace|dev-workspace||||dev|project/dev") + ";; esac;; esac";
        var plan = plan(freePort(), freePort());
        var announced = new ArrayList<String>();

        assertThat(check(legacy, plan)).singleElement().satisfies(problem -> assertThat(problem.rule())
                .contains("an earlier release made for the stack project/dev without noting an owner"));
        var ours = preflight(legacy).withState(() -> Set.of("c1", "dev-workspace"));
        assertThat(ours.check(plan, TestOwners.MINE)).isEmpty();
        assertThat(ours.takeOver(plan, TestOwners.MINE, announced::add)).contains("dev-workspace 2026-11-26T03:00:00Z");
        assertThat(announced).singleElement().asString().contains("taking it over");
    }

    @Test
    void aWorkspaceThatWasTakenOverStaysTheStacksWhenTheStateIsEmpty() throws IOException {
        String legacy = "case $1 in version) echo 27.0.0;; volume) case $2 in inspect) echo 2026-11-26T03:00:00Z;; *) "
                + line("dev-workspace|dev-workspace||||dev|project/dev") + ";; esac;; esac";
        var plan = plan(freePort(), freePort());

        assertThat(preflight(legacy).check(plan, tookOver("dev-workspace 2026-11-26T03:00:00Z")))
                .isEmpty();
        // Somebody removed the volume and made another one of that name.
        assertThat(preflight(legacy).check(plan, tookOver("dev-workspace 2025-01-01T00:00:00Z")))
                .isNotEmpty();
    }

    /** Docker before 23 says when a volume's folder was changed last, which a new file does. */
    @Test
    void aChangedFileMakesNoOtherWorkspaceOnAnEngineThatForgetsWhenItMadeIt() throws IOException {
        var plan = plan(freePort(), freePort());
        var noted = tookOver("dev-workspace 2025-01-01T00:00:00Z");
        String later = "volume) case $2 in inspect) echo 2026-11-26T03:00:00Z;; *) "
                + line("dev-workspace|dev-workspace||||dev|project/dev") + ";; esac;; esac";
        String old = "case $1 in version) echo 20.10.24,Engine,;; " + later;
        String now = "case $1 in version) echo 27.0.0,Engine,;; " + later;
        String podman = "case $1 in version) echo 4.3.1,Podman Engine,;; " + later;
        String gone = "case $1 in version) echo 20.10.24,Engine,;; volume) exit 1;; esac";

        assertThat(preflight(old).lostWorkspace(plan, noted)).isEmpty();
        assertThat(preflight(old).check(plan, noted)).isEmpty();
        for (String script : List.of(now, podman, gone)) {
            assertThat(preflight(script).lostWorkspace(plan, noted))
                    .get()
                    .asString()
                    .contains("the workspace dev-workspace, made at 2025-01-01T00:00:00Z, is gone");
        }
    }

    private static Ownership tookOver(String fingerprint) {
        return new Ownership(TestOwners.MINE.owner(), Optional.empty(), Map.of(DockerPreflight.WORKSPACE, fingerprint));
    }

    private static ClusterPlan withWorkspace(String existing) throws IOException {
        return withWorkspace(SharedVolumeSpec.existing(existing));
    }

    private static ClusterPlan withWorkspace(SharedVolumeSpec workspace) throws IOException {
        var spec = plan(freePort(), freePort()).spec().toBuilder()
                .workspace(workspace)
                .build();
        return ClusterPlan.of(spec, Naming.flat());
    }

    /** An engine that has one thing, of one kind. */
    private static String things(String kind, String values) {
        return "case $1 in version) echo 27.0.0;; " + kind + ") " + line(values) + ";; esac";
    }

    private static String line(String values) {
        return "printf '%b\\n' '" + values.replace("|", "\\t") + "'";
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
    void refusesTheOtherEngineAndNamesTheKey() throws IOException {
        assertThat(check("case $1 in version) echo '4.3.1,Podman Engine,Conmon,';; esac", plan(18080, 18888)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).contains("it is Podman that answers there");
                    assertThat(problem.remedy()).contains("Set docker.engine to podman");
                });
        assertThat(podman("case $1 in version) echo '27.0.0,Engine,containerd,';; esac"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("Set docker.engine to docker"));
    }

    @Test
    void refusesAPodmanThatCannotDoWhatNodesNeed() throws IOException {
        assertThat(podman("case $1 in version) echo '3.4.4,Podman Engine,';; esac"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.rule()).contains("Podman 3.4.4 answers there, and needed is 4.0 or newer"));
        assertThat(
                        podman(
                                "case $1 in version) echo '4.3.1,Podman Engine,';; info) echo '1 [name=seccomp name=rootless]';; esac"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).contains("cannot limit the memory and CPUs"));
        assertThat(
                        podman(
                                "case $1 in version) echo '4.3.1,Podman Engine,';; info) echo '2 [name=seccomp name=rootless]';; esac"))
                .isEmpty();
    }

    @Test
    void namesPodmanAndItsServiceWhereNoneAnswers() throws IOException {
        assertThat(podman("echo 'Cannot connect to the Docker daemon' >&2; exit 1"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).contains("no Podman engine answers there");
                    assertThat(problem.remedy())
                            .isEqualTo(
                                    "Start its service (systemctl start podman.socket, for a user's own systemctl --user start"
                                            + " podman.socket), or set docker.host to its socket");
                });
    }

    @Test
    void aReaderWithACommandForItIsToldHowToGetAnEngine() throws IOException {
        String silent = "echo 'Cannot connect to the Docker daemon' >&2; exit 1";
        var worded = preflight(silent).withWording(ProgramWords.words());
        var plan = plan(freePort(), freePort());

        assertThat(preflight(silent).check(plan, TestOwners.MINE))
                .extracting(Problem::remedy)
                .containsExactly("Start one (Docker Desktop, systemctl start docker), or set DOCKER_HOST");
        assertThat(worded.check(plan, TestOwners.MINE))
                .extracting(Problem::remedy)
                .containsExactly(
                        "Start one (Docker Desktop, systemctl start docker), set DOCKER_HOST, or let make up install one"
                                + " on Debian and Ubuntu");
    }

    @Test
    void saysThatTheCommandLineIsMissing() {
        var preflight =
                new DockerPreflight(Engine.docker(), folder.resolve("absent").toString(), Optional.empty(), Map.of());

        assertThat(preflight.check(plan(18080, 18888), TestOwners.MINE))
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).contains("no docker command on the PATH"));
    }

    @Test
    void anImageThatFitsIsTaken() throws IOException {
        assertThat(check(image(labels("spark-worker", "4.2.1", "2.13")), brought()))
                .isEmpty();
    }

    @Test
    void namesAnImageOfAnotherSparkKindOrNone() throws IOException {
        assertThat(check(image(labels("spark-worker", "4.1.4", "2.13")), brought()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("images.sparkWorker");
                    assertThat(problem.value()).isEqualTo("example.org/worker:1");
                    assertThat(problem.rule())
                            .contains(
                                    "holds Spark 4.1.4 for Scala 2.13", "this cluster runs Spark 4.2.1 for Scala 2.13");
                    assertThat(problem.remedy()).endsWith("; to have it built instead: remove images.sparkWorker");
                });
        assertThat(check(image(labels("jupyterlab", "4.2.1", "2.13")), brought()))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.rule()).contains("label io.sparkcluster.image says jupyterlab"));
        assertThat(check(image(labels("", "<no value>", "")), brought()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).contains("label io.sparkcluster.image is missing"));
    }

    @Test
    void pullsAnImageThatTheEngineLacksUnlessItIsAPreview() throws IOException {
        String absent =
                "case $1 in version) echo 27.0.0;; image) exit 1;; pull) echo 'manifest unknown' >&2; exit 1;; esac";
        var announced = new ArrayList<String>();

        assertThat(preflight(absent).check(brought(), TestOwners.MINE)).isEmpty();
        assertThat(preflight(absent).pulling(announced::add).check(brought(), TestOwners.MINE))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("images.sparkWorker");
                    assertThat(problem.rule()).contains("neither has nor gets it (manifest unknown)");
                });
        assertThat(announced).containsExactly("images.sparkWorker: pulling example.org/worker:1");
    }

    private static String image(String labels) {
        return "case $1 in version) echo 27.0.0;; image) echo '" + labels + "';; esac";
    }

    /** Three labels as the format asks for them. */
    private static String labels(String kind, String spark, String scala) {
        return kind + "|" + spark + "|" + scala;
    }

    private static ClusterPlan brought() throws IOException {
        var worker = ImageSource.registry("example.org/worker:1");
        var spec = plan(freePort(), freePort()).spec().toBuilder()
                .images(ImagesSpec.DEFAULT.withNodeImages(ImageSource.build(), worker, ImageSource.build()))
                .build();
        return ClusterPlan.of(spec, Naming.flat());
    }

    private List<Problem> check(String script, ClusterPlan plan) throws IOException {
        return preflight(script).check(plan, TestOwners.MINE);
    }

    private List<Problem> podman(String script) throws IOException {
        return preflight(Engine.podman(), script).check(plan(freePort(), freePort()), TestOwners.MINE);
    }

    private DockerPreflight preflight(String script) throws IOException {
        return preflight(Engine.docker(), script);
    }

    private DockerPreflight remote(String script) throws IOException {
        preflight(script);
        return new DockerPreflight(
                Engine.docker(),
                folder.resolve("docker").toString(),
                Optional.empty(),
                Map.of("DOCKER_HOST", "ssh://build.example.org"));
    }

    private DockerPreflight preflight(Engine engine, String script) throws IOException {
        Path docker = folder.resolve("docker");
        Files.writeString(docker, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new DockerPreflight(engine, docker.toString(), Optional.empty(), Map.of());
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** A port that was free a moment ago; never the same one twice. */
    private static int freePort() throws IOException {
        try (var socket = listen()) {
            return HANDED_OUT.add(socket.getLocalPort()) ? socket.getLocalPort() : freePort();
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
