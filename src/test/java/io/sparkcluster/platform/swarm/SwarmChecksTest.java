package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.TestOwners;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.SwarmPreflight.MachineShell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong descriptions and wrong machines, each with what it should be. */
class SwarmChecksTest {

    private static final ClusterSpec SPEC = ClusterSpec.of("lab");
    private static final ClusterPlan PLAN = ClusterPlan.of(SPEC, Naming.services());
    private static final String GOOD = """
            sudo=yes
            key=%s
            clock=1000
            memory=32000
            docker=24.0.7
            swarm=inactive
            managers=
            images=0
            disk=50000
            addresses=%s 172.20.0.1
            mtu=1500
            noted=no
            """;

    @Test
    void aGoodDescriptionAndGoodMachinesAreNotRefused() {
        assertThat(refusals(SPEC, settings())).isEmpty();
        assertThat(checked(settings(), Map.of())).isEmpty();
    }

    @Test
    void everythingWrongWithADescriptionIsToldAtOnce() {
        var twice = SwarmSettings.of(
                "lab",
                List.of(
                        machine("one", "192.0.2.1"),
                        machine("two", "192.0.2.1"),
                        machine("three", "three.example.org").throughJumpHost()));
        var spec = SPEC.toBuilder().workspace(SharedVolumeSpec.existing("mine")).build();

        assertThat(refusals(
                        spec, twice.withPlacement(Placement.anywhere().with(NodeKind.WORKER, Map.of("disk", "ssd")))))
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "workspace.existing",
                        "swarm.machines.two.host",
                        "swarm.machines.three.address",
                        "swarm.machines.three.behindJumpHost",
                        "swarm.placement.workers.disk");
    }

    @Test
    void aWorkspaceThatAnotherResourceNamesIsRefusedToo() {
        var spec = SPEC.toBuilder()
                .workspace(SharedVolumeSpec.existingNamedLater())
                .build();

        assertThat(refusals(spec, settings())).extracting(Problem::field).containsExactly("workspace.existing");
    }

    @Test
    void aPlacementThatLeavesNoMachineSaysSo() {
        var labelled = SwarmSettings.of(
                        "lab",
                        List.of(
                                machine("one", "192.0.2.1").withLabel("disk", "ssd"),
                                machine("two", "192.0.2.2").withLabel("rack", "b")))
                .withPlacement(Placement.anywhere().with(NodeKind.EDGE, Map.of("disk", "ssd", "rack", "b")));

        assertThat(refusals(SPEC, labelled))
                .singleElement()
                .hasToString("swarm.placement.edge: {disk=ssd, rack=b} is refused: no machine has all of these labels."
                        + " Ask for fewer of them.");
    }

    @Test
    void workersThatDoNotFitOnTheMachinesAreRefused() {
        var limited = settings().toBuilder().workersPerMachine(1).build();

        assertThat(refusals(
                        SPEC.toBuilder()
                                .workers(WorkerPool.DEFAULT.withCount(3))
                                .build(),
                        limited))
                .singleElement()
                .asString()
                .contains("swarm.workersPerMachine: 1", "3 workers do not fit on 2 machines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sudo=no | .user: admin | may not use sudo",
                "docker=19.03.8 | : Docker 19.03.8 | must be 20.10 or newer",
                "swarm=locked | : 192.0.2.2 | its Swarm is locked",
                "disk=100 | : 100 MiB free | need at least 3072 MiB",
                "addresses=10.9.9.9 | .address: 192.0.2.2 | it has 10.9.9.9",
                "clock=1100 | swarm.machines: one 1000, two 1100 | 100 s apart",
                "mtu=1400 | swarm.mtu: (default) | Set swarm.mtu to 1350",
                "key=key-one | .host: 192.0.2.2 | same machine",
            })
    void aMachineThatWillNotDoIsNamedWithWhatToDo(String fact, String field, String rule) {
        assertThat(checked(settings(), Map.of("two", fact)))
                .hasSize(1)
                .first()
                .asString()
                .contains(field.startsWith(".") || field.startsWith(":") ? "swarm.machines.two" + field : field, rule);
    }

    @Test
    void aFolderThatIsNotEverywhereIsRefused() {
        assertThat(checked(
                        settings().withWorkspace(SwarmWorkspace.hostPath("/srv/x")),
                        Map.of("one", "folder=writable", "two", "folder=missing")))
                .singleElement()
                .asString()
                .contains("swarm.workspace.hostPath: /srv/x on two", "there is no such folder");
    }

    @Test
    void portsThatAreBlockedAreToldApartFromMachinesThatAreDown() {
        var settings = settings();
        MachineShell shell = (machine, command, script) -> {
            if (!script.contains("TARGETS")) {
                return new Processes.Result(0, good(machine), "");
            }
            return new Processes.Result(0, machine.name().equals("two") ? "one 2377 silent\n" : "", "");
        };

        assertThat(new SwarmPreflight(settings, shell, () -> SwarmState.NOTHING).check(PLAN, TestOwners.MINE))
                .singleElement()
                .asString()
                .contains("swarm.machines.one: port 2377 from two", "the machine is up", "2377/tcp");
    }

    private static String good(Machine machine) {
        return GOOD.formatted("key-" + machine.name(), machine.swarmAddress());
    }

    private static List<Problem> checked(SwarmSettings settings, Map<String, String> wrong) {
        var facts = new LinkedHashMap<Machine, MachineFacts>();
        settings.machines()
                .values()
                .forEach(machine ->
                        facts.put(machine, MachineFacts.parse(good(machine) + wrong.getOrDefault(machine.name(), ""))));
        return new ArrayList<>(new MachineCheck(settings, PLAN, facts).problems());
    }

    private static SwarmSettings settings() {
        return SwarmSettings.of("lab", List.of(machine("one", "192.0.2.1"), machine("two", "192.0.2.2")));
    }

    private static Machine machine(String name, String host) {
        return Machine.of(
                name,
                SshLogin.of("admin", host)
                        .withHostKey(
                                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx"));
    }

    private static List<Problem> refusals(ClusterSpec spec, SwarmSettings settings) {
        return SwarmValidator.of(ClusterPlan.draft(spec, Naming.services()), settings);
    }
}
