package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.Role;
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
 * @param placement which role runs where
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
                userFile("~/.ssh/known_hosts"),
                Placement.anywhere(),
                0,
                100,
                SwarmDelivery.ssh(),
                SwarmWorkspace.edgeOnly(),
                Optional.empty());
    }

    /** A path in which {@code ~} is the user's home. */
    public static Path userFile(String path) {
        return path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path);
    }

    /** The same with a host through which some machines are reached. */
    public SwarmSettings withJumpHost(SshLogin host) {
        return with(Optional.of(host), placement, workspace);
    }

    /** The same with roles on other machines. */
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

    Machine managing() {
        return Optional.ofNullable(machines.get(manager))
                .orElseThrow(() -> new IllegalStateException("no machine is called " + manager));
    }

    /** Labels that a machine must have for a role. */
    Map<String, String> wanted(Role role) {
        return switch (role) {
            case MASTER -> placement.master();
            case EDGE -> placement.edge();
            case WORKER, EXECUTOR, DRIVER -> placement.workers();
        };
    }

    /** Where a role runs: one machine for the master and the edge node, which keep files there, all that may for workers. */
    List<Machine> machinesFor(Role role) {
        var allowed = machines.values().stream()
                .filter(machine -> machine.has(wanted(role)))
                .toList();
        if (role == Role.WORKER || allowed.isEmpty()) {
            return allowed;
        }
        return List.of(allowed.stream()
                .filter(machine -> machine.name().equals(manager))
                .findFirst()
                .orElse(allowed.get(0)));
    }

    /** Name of the machine on which the edge node runs. */
    public String edgeMachine() {
        return machinesFor(Role.EDGE).get(0).name();
    }

    /** Whether executors see the same files as drivers. */
    boolean sharesWorkspace() {
        return machines.size() == 1 || workspace.isShared();
    }
}
