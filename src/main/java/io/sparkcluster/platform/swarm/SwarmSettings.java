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
 * Settings of the platform Docker Swarm. {@link #of} has the defaults.
 *
 * @param name the cluster's name; unique among the Swarms that these machines were ever part of
 * @param machines the machines by name, at least one
 * @param manager the name of the machine that manages the Swarm. Default: the first machine
 * @param jumpHost the host through which some of the machines are reached. Default: none
 * @param knownHosts the file in which SSH keeps host keys. Default: {@code ~/.ssh/known_hosts}
 * @param placement which nodes run on which machines. Default: {@link Placement#anywhere}
 * @param workersPerMachine the most workers on one machine; 0 means no limit. Default: 0
 * @param cpuReservationPercent the percentage of its CPU limit that a node reserves, 0 to 100; memory is always reserved in full. Default: 100
 * @param delivery how images reach the machines. Default: by SSH
 * @param workspace how the machines share the workspace. Default: not at all, see {@link SwarmWorkspace#edgeOnly}
 * @param mtu the largest packet of the cluster's network, in bytes, 576 to 9000; at least 50 less than the MTU of the network that joins the machines.
 *     Default: the engine's, 1450
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

    /** Copies the machines. */
    public SwarmSettings {
        machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
    }

    /**
     * The settings for machines, with every default. The first machine manages the Swarm.
     *
     * @param name the cluster's name
     * @param machines at least one machine, each with another name
     * @throws IndexOutOfBoundsException when there are no machines
     */
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

    /** The same settings with a host through which some machines are reached. */
    public SwarmSettings withJumpHost(SshLogin host) {
        return with(Optional.of(host), placement, workspace);
    }

    /** The same settings with another placement of nodes. */
    public SwarmSettings withPlacement(Placement other) {
        return with(jumpHost, other, workspace);
    }

    /** The same settings with another way to share the workspace. */
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

    /** The machines as hosts that SSH reaches. */
    SshHosts hosts() {
        return new SshHosts(name, machines.values().stream().map(Machine::host).toList(), jumpHost, knownHosts);
    }

    /**
     * The machine that manages the Swarm.
     *
     * @throws IllegalStateException when no machine has the manager's name
     */
    Machine managing() {
        return Optional.ofNullable(machines.get(manager))
                .orElseThrow(() -> new IllegalStateException("no machine is called " + manager));
    }

    /** The labels that a machine must have for the nodes of a group: those that the kind asks for, and those that the group asks for. */
    Map<String, String> wanted(NodeGroup group) {
        var wanted = new TreeMap<>(placement.of(group.kind()));
        wanted.putAll(group.placement());
        return wanted;
    }

    /**
     * The machines on which the nodes of a group run: for replicated nodes all machines that have the labels, else one of them, so that the node finds
     * its files again. Empty if no machine has the labels.
     */
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

    /** The machine that keeps the workspace if the machines cannot share one. Every plan has a group with the trait {@code hostsWorkspace}. */
    Machine workspaceMachine(ClusterPlan plan) {
        return plan.groups().stream()
                .filter(group -> group.traits().hostsWorkspace())
                .findFirst()
                .map(group -> machinesFor(group).get(0))
                .orElseThrow();
    }

    /** Whether executors see the same workspace as drivers. */
    boolean sharesWorkspace() {
        return machines.size() == 1 || workspace.isShared();
    }
}
