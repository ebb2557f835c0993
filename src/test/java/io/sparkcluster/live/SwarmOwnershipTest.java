package io.sparkcluster.live;

import static io.sparkcluster.live.TestMachines.ALPHA;
import static io.sparkcluster.live.TestMachines.BETA;
import static io.sparkcluster.live.TestMachines.GAMMA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines that more than one cluster wants, that an administrator uses too, and that do not come back.
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><th>step</th><th>must hold</th></tr>
 * <tr><td>a second cluster on the same machines, under another name and under the same</td><td>is refused with the name of the first and its owner; the first runs on</td></tr>
 * <tr><td>a machine is lost</td><td>{@code up} names the command that takes it out, the command does, and the others go on</td></tr>
 * <tr><td>{@code pulumi destroy} on a clean checkout</td><td>takes everything away, and leaves an administrator's package and folder</td></tr>
 * </table>
 */
@Tag("live")
@Tag("swarm")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SwarmOwnershipTest {

    private static final String STACK = "testowners";
    private static final Duration NOTICED = Duration.ofMinutes(3);

    /** Made on the machine, and needed by no other. */
    private static final String PACKAGE = "package-of-an-administrator";

    private static final String FOLDER = "/var/lib/containerd";

    @TempDir
    private static Path folder;

    private final Map<String, String> before = new TreeMap<>();
    private FreshClone clone;

    @BeforeAll
    void up() throws IOException {
        TestMachines.sh(GAMMA, "mkdir -p " + FOLDER + " && echo mine >" + FOLDER + "/mine")
                .orFail();
        for (String machine : TestMachines.ADDRESS.keySet()) {
            before.put(machine, TestMachines.traces(machine));
        }
        clone = FreshClone.of(folder, "swarm-testbed", STACK);
        Files.writeString(stackFile(), "  spark-cluster:smokeTest: false\n", StandardOpenOption.APPEND);
        clone.make("up").orFail();
    }

    private Path stackFile() {
        return clone.folder().resolve("stacks").resolve("Pulumi." + STACK + ".yaml");
    }

    @AfterAll
    void leaveNothing() {
        TestMachines.start();
        clone.leaveNothing();
        TestMachines.sh(GAMMA, "rm -rf " + FOLDER + "; dpkg --purge " + PACKAGE);
    }

    @Test
    @Order(1)
    void aSecondClusterIsRefusedWithTheNameOfTheFirstAndItsOwner(@TempDir Path other) throws IOException {
        String services = services();

        for (String name : List.of("spark-second", clone.cluster())) {
            Path project = Files.createDirectories(other.resolve(name));
            try (var second = LiveStack.create("second", project)) {
                second.configure(TestMachines.stack());
                second.configure(Map.of("name", name));

                assertThat(second.failingUp())
                        .contains("swarm.machines.alpha: 10.99.0.11 is refused: it ")
                        .contains("swarm.machines.gamma: 10.99.0.13 is refused: it ")
                        .contains("the cluster \"" + clone.cluster() + "\", which belongs to ", "stack " + STACK)
                        .doesNotContain("command:remote:Command");
            }
        }

        assertThat(services()).isEqualTo(services).contains(clone.cluster() + "-worker");
        assertThat(clone.make("info").orFail().text()).contains(clone.cluster() + "-worker-1", "running (Running");
    }

    @Test
    @Order(2)
    void aMachineThatAnswersIsNotForgotten() {
        var refused = clone.make("forget-machine", "MACHINE=" + GAMMA);

        assertThat(refused.code()).isNotZero();
        assertThat(refused.text()).contains("gamma answers: remove it from the configuration");
        assertThat(clone.make("forget-machine", "MACHINE=" + ALPHA).text())
                .contains("alpha is the manager of the Swarm");
    }

    @Test
    @Order(3)
    void aMachineThatIsGoneForGoodIsTakenOutByOneCommand() throws IOException {
        TestMachines.kill(BETA);
        try {
            var refused = clone.make("up");
            assertThat(refused.code()).isNotZero();
            assertThat(refused.text())
                    .contains("swarm.machines.beta.host", "make forget-machine MACHINE=beta")
                    .doesNotContainPattern("(?m)^ *- +jupyterUrl");
            assertThat(clone.make("info").text()).as("what runs is still known").contains(clone.lab());

            clone.make("forget-machine", "MACHINE=" + BETA).orFail();

            assertThat(TestMachines.sh(ALPHA, "docker node ls --format '{{.Hostname}}'")
                            .orFail()
                            .text()
                            .lines())
                    .containsExactlyInAnyOrder(ALPHA, GAMMA);
            assertThat(Files.readString(stackFile())).doesNotContain("beta:");
            Shell.await(
                    "both workers run on the machines that are left",
                    NOTICED,
                    () -> workersOn(ALPHA) + workersOn(GAMMA) == 2);
            assertThat(clone.make("up").orFail().text()).containsPattern("\\d+ unchanged");
        } finally {
            TestMachines.start();
            // It came back after all: an administrator's work, since nobody may change it any more.
            TestMachines.sh(
                            BETA,
                            "docker swarm leave --force; docker ps -aq | xargs -r docker rm -f; docker volume ls -q | xargs -r docker volume rm;"
                                    + " docker network rm docker_gwbridge; rm -rf /var/lib/sparkcluster; gpasswd --delete admin docker; true")
                    .orFail();
        }
    }

    @Test
    @Order(4)
    void destroyOnACleanCheckoutLeavesWhatIsAnAdministrators() {
        TestMachines.sh(
                        GAMMA,
                        "d=$(mktemp -d) && mkdir $d/DEBIAN && printf 'Package: " + PACKAGE
                                + "\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody <nobody@example.org>\\nDescription: one\\n' >$d/DEBIAN/control"
                                + " && dpkg-deb --build $d /tmp/one.deb && dpkg --install /tmp/one.deb")
                .orFail();
        clone.bash("rm -rf .sparkcluster").orFail();

        clone.bash("eval \"$(make -s env)\" && pulumi refresh --yes --skip-preview --stack " + STACK)
                .orFail();
        clone.bash("rm -rf .sparkcluster; eval \"$(make -s env)\" && pulumi destroy --yes --skip-preview --stack "
                        + STACK)
                .orFail();

        for (String machine : TestMachines.ADDRESS.keySet()) {
            assertThat(TestMachines.traces(machine)).as(machine).isEqualTo(before.get(machine));
        }
        assertThat(TestMachines.on(GAMMA, "which", "dockerd").code()).isNotZero();
        assertThat(TestMachines.sh(
                                GAMMA,
                                "dpkg-query --show " + PACKAGE + " && cat " + FOLDER
                                        + "/mine; ls -A /var/lib/docker | wc -l")
                        .text())
                .contains(PACKAGE, "mine\n0\n");
    }

    private int workersOn(String machine) {
        return TestMachines.tasks(machine, clone.cluster() + "-worker").size();
    }

    private static String services() {
        return TestMachines.sh(ALPHA, "docker service ls --format '{{.ID}} {{.Name}} {{.Replicas}}' | sort")
                .orFail()
                .text();
    }
}
