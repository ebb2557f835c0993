package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.platform.ssh.SshHosts;
import io.sparkcluster.platform.ssh.SshLogin;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What only a Swarm needs to know.
 *
 * @param name unique among the Swarms that these machines were ever part of; the cluster's name
 * @param machines the machines by name, at least one
 * @param manager the machine that manages the Swarm
 * @param jumpHost the host through which some of them are reached. Default: none
 * @param knownHosts the file in which SSH keeps host keys. Default: {@code ~/.ssh/known_hosts}
 * @param placement which nodes run where
 * @param workersPerMachine most workers on one machine; 0 is without limit. Default: 0
 * @param cpuReservationPercent what part of its CPU limit a node reserves, 0 to 100; memory is always reserved in full. Default: 100
 * @param delivery how images come to the machines. Default: by SSH
 * @param workspace how the workspace is shared. Default: not at all
 * @param mtu largest packet of the cluster's network, in bytes; at least 50 less than that of the network that joins the machines. Default: the engine's, 1500
 *     less what it needs
 */
public record SwarmSettings(
        String name,
        SortedMap<String, Machine> machines,
        String manager,
        Optional<SshLogin> jumpHost,
        Path knownHosts,
        Placement placement,
        int workersPerMachine,
        int cpuReservationPercent,
        SwarmDelivery delivery,
        SwarmWorkspace workspace,
        Optional<Integer> mtu) {

    /** Keeps its own copy. */
    public SwarmSettings {
        machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
    }

    /** These machines, of which the first manages the Swarm, with every default. */
    public static SwarmSettings of(String name, List<Machine> machines) {
        var byName = new TreeMap<String, Machine>();
        machines.forEach(machine -> byName.put(machine.name(), machine));
        return new SwarmSettings(
                name,
                byName,
                machines.get(0).name(),
                Optional.empty(),
                SshHosts.userFile("~/.ssh/known_hosts"),
                Placement.anywhere(),
                0,
                100,
                SwarmDelivery.ssh(),
                SwarmWorkspace.edgeOnly(),
                Optional.empty());
    }

    /** The same with a host through which some machines are reached. */
    public SwarmSettings withJumpHost(SshLogin host) {
        return with(Optional.of(host), placement, workspace);
    }

    /** The same with nodes on other machines. */
    public SwarmSettings withPlacement(Placement other) {
        return with(jumpHost, other, workspace);
    }

    /** The same with a workspace that is shared that way. */
    public SwarmSettings withWorkspace(SwarmWorkspace other) {
        return with(jumpHost, placement, other);
    }

    private SwarmSettings with(Optional<SshLogin> host, Placement where, SwarmWorkspace shared) {
        return new SwarmSettings(
                name,
                machines,
                manager,
                host,
                knownHosts,
                where,
                workersPerMachine,
                cpuReservationPercent,
                delivery,
                shared,
                mtu);
    }

    /** The machines as hosts that are reached by SSH. */
    SshHosts hosts() {
        return new SshHosts(name, machines.values().stream().map(Machine::host).toList(), jumpHost, knownHosts);
    }

    Machine managing() {
        return Optional.ofNullable(machines.get(manager))
                .orElseThrow(() -> new IllegalStateException("no machine is called " + manager));
    }

    /** Labels that a machine must have for the nodes of a group: those that its kind asks for, and its own. */
    Map<String, String> wanted(NodeGroup group) {
        var wanted = new TreeMap<>(placement.of(group.kind()));
        wanted.putAll(group.placement());
        return wanted;
    }

    /** Where the nodes of a group run: a node that is alone on one machine, where it keeps files, others on all that they may. */
    List<Machine> machinesFor(NodeGroup group) {
        var allowed = machines.values().stream()
                .filter(machine -> machine.has(wanted(group)))
                .toList();
        if (group.traits().replicated() || allowed.isEmpty()) {
            return allowed;
        }
        return List.of(allowed.stream()
                .filter(machine -> machine.name().equals(manager))
                .findFirst()
                .orElse(allowed.get(0)));
    }

    /** The machine of the nodes that keep the workspace where machines cannot share one: one of the groups of every plan has that trait. */
    Machine workspaceMachine(ClusterPlan plan) {
        return plan.groups().stream()
                .filter(group -> group.traits().hostsWorkspace())
                .findFirst()
                .map(group -> machinesFor(group).get(0))
                .orElseThrow();
    }

    /** Whether executors see the same files as drivers. */
    boolean sharesWorkspace() {
        return machines.size() == 1 || workspace.isShared();
    }
}
