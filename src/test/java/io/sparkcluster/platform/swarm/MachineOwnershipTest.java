package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.TestOwners;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.ssh.SshScript;
import io.sparkcluster.platform.swarm.SwarmPreflight.MachineShell;
import io.sparkcluster.program.ProgramWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose machines are, by what they say. */
class MachineOwnershipTest {

    private static final ClusterPlan PLAN = ClusterPlan.of(ClusterSpec.of("lab"), Naming.services());
    private static final SwarmState ALL = new SwarmState(Set.of("net1"), Set.of("one", "two"), Set.of("lab-workspace"));
    private static final String OURS = "owner=mine0000\nnoted=yes\nnotedNode=n1\nnode=n1\nswarm=active\n";

    @Test
    void theOwnersSwarmIsNotInTheWay() {
        assertThat(problems(SwarmState.NOTHING, OURS + "managers=192.0.2.1:2377\n", ""))
                .isEmpty();
        assertThat(problems(SwarmState.NOTHING, "", "")).isEmpty();
    }

    @Test
    void anotherClusterIsNamedWithItsOwner() {
        assertThat(problems(
                        SwarmState.NOTHING,
                        "",
                        "holder=first\nholderOwner=other000\nholderName=bob on tower, stack dev"))
                .singleElement()
                .hasToString(
                        "swarm.machines.two: 192.0.2.2 is refused: it is in the Swarm of the cluster \"first\", which belongs to"
                                + " bob on tower, stack dev. Name another machine, or take that cluster down first; if it is gone for good, remove"
                                + " /var/lib/sparkcluster/first on two.");
    }

    @Test
    void aClusterOfTheSameNameIsNamedWithItsOwner() {
        assertThat(problems(SwarmState.NOTHING, "", "owner=other000\nownerName=bob on tower\nnoted=yes\nswarm=active"))
                .singleElement()
                .asString()
                .contains("it has things of the cluster \"lab\", which belongs to bob on tower")
                .contains("another name for this cluster: set name to lab-2");
    }

    @Test
    void aSwarmOfSomebodyElseIsRefused() {
        assertThat(problems(SwarmState.NOTHING, "", "swarm=active\nmanagers=192.0.2.77:2377"))
                .singleElement()
                .asString()
                .contains("swarm.machines.two: 192.0.2.2", "a Swarm that this stack did not make", "192.0.2.77:2377");
        assertThat(problems(SwarmState.NOTHING, "", OURS + "managers=192.0.2.77:2377"))
                .as("an administrator took it to another one")
                .hasSize(1);
        assertThat(problems(SwarmState.NOTHING, "", OURS.replace("node=n1", "node=n2")))
                .hasSize(1);
    }

    @Test
    void whatAnEarlierReleaseMadeIsTakenOverIfTheStateHasIt() {
        String old = "noted=yes\nswarm=active\nnode=n1\n";
        String things = "things=net1 other\nvolume.lab-workspace=then\t\t\tspark-cluster/dev\n";

        assertThat(problems(ALL, old + things, old)).isEmpty();
        assertThat(ownership(ALL, old + things, old).takenOver())
                .hasEntrySatisfying(machine("one", "192.0.2.1"), volumes -> assertThat(volumes)
                        .containsExactly("lab-workspace"))
                .hasEntrySatisfying(machine("two", "192.0.2.2"), volumes -> assertThat(volumes)
                        .isEmpty());
        assertThat(problems(SwarmState.NOTHING, old + things, old))
                .extracting(Problem::rule)
                .allMatch(rule -> rule.contains("without noting an owner") || rule.contains("notes no owner"))
                .hasSize(3);
        assertThat(problems(new SwarmState(Set.of("net2"), ALL.machines(), ALL.volumes()), old + things, old))
                .as("a clone that has the same names and another Swarm in its state")
                .hasSize(2);
    }

    @Test
    void whatIsTakenOverIsTakenOverOnce() {
        assertThat(ownership(
                                ALL,
                                OURS + "volume.lab-workspace=then\t\t\tspark-cluster/dev\n"
                                        + "volumeNote.lab-workspace=mine0000\tme\tthen\n",
                                "")
                        .takenOver())
                .isEmpty();
    }

    @Test
    void volumesAndContainersOfOthersAreRefused() {
        assertThat(problems(SwarmState.NOTHING, """
                        volume.lab-workspace=then\tother000\tbob on tower\t
                        container.lab-edge-gate=c1\tother000\tbob on tower\t
                        container.lab-master-gate=c2\tmine0000\tme\t
                        """, ""))
                .extracting(Problem::rule)
                .containsExactly(
                        "it has a volume lab-workspace already, which belongs to bob on tower",
                        "it has a container lab-edge-gate already, which belongs to bob on tower");
    }

    @Test
    void aStateIsReadForWhatIsTheStacks() {
        var volume = resource("command:remote:Command", "a2", "spark-workspace");
        var inputs = new JsonObject();
        inputs.addProperty(
                "stdin", SshScript.assignments(Map.of("SWARM", "lab", "VOLUME", ShellWord.of("lab-workspace"))));
        volume.add("inputs", inputs);
        var state = SwarmState.of(List.of(
                resource("command:remote:Command", "a1", "spark-machines-one-swarm"),
                resource("command:remote:Command", "b1", "analytics-machines-two-swarm"),
                resource("docker:index/network:Network", "net1", "spark-network"),
                volume));

        assertThat(state)
                .isEqualTo(new SwarmState(Set.of("a1", "b1", "net1", "a2"), Set.of("one"), Set.of("lab-workspace")));
    }

    @Test
    void aMachineThatTheStackHasAndThatIsLostIsToldHowToTakeOut() {
        MachineShell shell = (machine, command, script) -> new Processes.Result(
                255, "", "ssh: connect to host " + machine.login().host() + " port 22: No route to host");

        var preflight = new SwarmPreflight(settings(), shell, () -> ALL);

        assertThat(preflight.check(PLAN, TestOwners.MINE))
                .extracting(Problem::remedy)
                .satisfiesExactly(
                        manager -> assertThat(manager).contains("it manages the Swarm"), worker -> assertThat(worker)
                                .endsWith("; if the machine is gone for good, take it out of the stack"));
        assertThat(preflight.withWording(ProgramWords.words()).check(PLAN, TestOwners.MINE))
                .extracting(Problem::remedy)
                .satisfiesExactly(manager -> assertThat(manager).contains("it manages the Swarm"), worker -> assertThat(
                                worker)
                        .endsWith("; if the machine is gone for good, take it out of the stack: make forget-machine"
                                + " MACHINE=two"));
        assertThat(new SwarmPreflight(settings(), shell, () -> SwarmState.NOTHING).check(PLAN, TestOwners.MINE))
                .extracting(Problem::remedy)
                .noneMatch(remedy -> remedy.contains("gone for good"));
    }

    private static JsonObject resource(String type, String id, String name) {
        var resource = new JsonObject();
        resource.addProperty("type", type);
        resource.addProperty("id", id);
        resource.addProperty("urn", "urn:pulumi:dev::spark-cluster::" + type + "::" + name);
        return resource;
    }

    private static List<Problem> problems(SwarmState state, String one, String two) {
        return ownership(state, one, two).problems();
    }

    private static MachineOwnership ownership(SwarmState state, String one, String two) {
        var facts = new LinkedHashMap<Machine, MachineFacts>();
        var told = new ArrayList<>(List.of(one, two));
        settings().machines().values().forEach(machine -> facts.put(machine, MachineFacts.parse(told.remove(0))));
        return new MachineOwnership(
                settings(), PLAN, TestOwners.MINE.owner(), Map.copyOf(facts), () -> state, Wording.neutral());
    }

    private static SwarmSettings settings() {
        return SwarmSettings.of("lab", List.of(machine("one", "192.0.2.1"), machine("two", "192.0.2.2")));
    }

    private static Machine machine(String name, String host) {
        return Machine.of(
                name,
                SshLogin.of("root", host)
                        .withHostKey(
                                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx"));
    }
}
