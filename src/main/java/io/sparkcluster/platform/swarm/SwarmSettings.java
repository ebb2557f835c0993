package io.sparkcluster.platform.swarm;

import com.google.auto.value.AutoValue;
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
 */
@AutoValue
public abstract class SwarmSettings {

    SwarmSettings() {}

    /**
     * The settings for machines, with every default. The first machine manages the Swarm.
     *
     * @param name the cluster's name
     * @param machines at least one machine, each with another name
     * @throws IllegalArgumentException when there are no machines, or when two machines have the same name
     */
    public static SwarmSettings of(String name, List<Machine> machines) {
        if (machines.isEmpty()) {
            throw new IllegalArgumentException("a Swarm needs at least one machine, and the list is empty");
        }
        return builder(name).machines(machines).build();
    }

    /**
     * A builder that starts with the defaults. Without machines, which {@link Builder#machines} takes, the settings are refused when the cluster is planned.
     *
     * @param name the cluster's name
     */
    public static Builder builder(String name) {
        return new AutoValue_SwarmSettings.Builder()
                .name(name)
                .machines(List.of())
                .knownHosts(SshHosts.userFile("~/.ssh/known_hosts"))
                .placement(Placement.anywhere())
                .workersPerMachine(0)
                .cpuReservationPercent(100)
                .delivery(SwarmDelivery.ssh())
                .workspace(SwarmWorkspace.edgeOnly());
    }

    /** The cluster's name; unique among the Swarms that these machines were ever part of. */
    public abstract String name();

    /** The machines by name, at least one. */
    public abstract SortedMap<String, Machine> machines();

    /** The name of the machine that manages the Swarm. Default: the first machine. */
    public abstract String manager();

    /** The host through which some of the machines are reached. Default: none. */
    public abstract Optional<SshLogin> jumpHost();

    /** The file in which SSH keeps host keys. Default: {@code ~/.ssh/known_hosts}. */
    public abstract Path knownHosts();

    /** Which nodes run on which machines. Default: {@link Placement#anywhere}. */
    public abstract Placement placement();

    /** The most workers on one machine; 0 means no limit. Default: 0. */
    public abstract int workersPerMachine();

    /** The percentage of its CPU limit that a node reserves, 0 to 100; memory is always reserved in full. Default: 100. */
    public abstract int cpuReservationPercent();

    /** How images reach the machines. Default: by SSH. */
    public abstract SwarmDelivery delivery();

    /** How the machines share the workspace. Default: not at all, see {@link SwarmWorkspace#edgeOnly}. */
    public abstract SwarmWorkspace workspace();

    /**
     * The largest packet of the cluster's network, in bytes, 576 to 9000; at least 50 less than the MTU of the network that joins the machines. Default:
     * the engine's, 1450.
     */
    public abstract Optional<Integer> mtu();

    /** The same settings with a host through which some machines are reached. */
    public SwarmSettings withJumpHost(SshLogin host) {
        return toBuilder().jumpHost(host).build();
    }

    /** The same settings with another placement of nodes. */
    public SwarmSettings withPlacement(Placement other) {
        return toBuilder().placement(other).build();
    }

    /** The same settings with another way to share the workspace. */
    public SwarmSettings withWorkspace(SwarmWorkspace other) {
        return toBuilder().workspace(other).build();
    }

    /** The machines as hosts that SSH reaches. */
    SshHosts hosts() {
        return new SshHosts(
                name(), machines().values().stream().map(Machine::host).toList(), jumpHost(), knownHosts());
    }

    /**
     * The machine that manages the Swarm.
     *
     * @throws IllegalStateException when no machine has the manager's name
     */
    Machine managing() {
        return Optional.ofNullable(machines().get(manager()))
                .orElseThrow(() -> new IllegalStateException("no machine is called " + manager()));
    }

    /** The labels that a machine must have for the nodes of a group: those that the kind asks for, and those that the group asks for. */
    Map<String, String> wanted(NodeGroup group) {
        var wanted = new TreeMap<>(placement().of(group.kind()));
        wanted.putAll(group.placement());
        return wanted;
    }

    /**
     * The machines on which the nodes of a group run: for replicated nodes all machines that have the labels, else one of them, so that the node finds
     * its files again. Empty if no machine has the labels.
     */
    List<Machine> machinesFor(NodeGroup group) {
        var allowed = machines().values().stream()
                .filter(machine -> machine.has(wanted(group)))
                .toList();
        if (group.traits().replicated() || allowed.isEmpty()) {
            return allowed;
        }
        return List.of(allowed.stream()
                .filter(machine -> machine.name().equals(manager()))
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
        return machines().size() == 1 || workspace().isShared();
    }

    /** A builder that starts with these settings. */
    public abstract Builder toBuilder();

    /** Changes settings one by one. See {@link SwarmSettings} for what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        /**
         * The machines, in place of those that were set before. The first one manages the Swarm, unless the machine that was to manage it is among them.
         *
         * @throws IllegalArgumentException when two machines have the same name
         */
        public Builder machines(List<Machine> value) {
            var byName = new TreeMap<String, Machine>();
            for (Machine machine : value) {
                if (byName.put(machine.name(), machine) != null) {
                    throw new IllegalArgumentException(
                            "two machines have the name " + machine.name() + ". Give each machine a different name");
                }
            }
            if (manager().filter(byName::containsKey).isEmpty()) {
                manager(value.isEmpty() ? "" : value.get(0).name());
            }
            return machines(byName);
        }

        /** The name of the machine that manages the Swarm, one of the {@link #machines} that were set before. Default: the first machine. */
        public abstract Builder manager(String value);

        /** The host through which some of the machines are reached. Default: none. */
        public abstract Builder jumpHost(SshLogin value);

        /** The file in which SSH keeps host keys. Default: {@code ~/.ssh/known_hosts}. */
        public abstract Builder knownHosts(Path value);

        /** Which nodes run on which machines. Default: {@link Placement#anywhere}. */
        public abstract Builder placement(Placement value);

        /** The most workers on one machine; 0 means no limit. Default: 0. */
        public abstract Builder workersPerMachine(int value);

        /** The percentage of its CPU limit that a node reserves, 0 to 100. Default: 100. */
        public abstract Builder cpuReservationPercent(int value);

        /** How images reach the machines. Default: by SSH. */
        public abstract Builder delivery(SwarmDelivery value);

        /** How the machines share the workspace. Default: not at all, see {@link SwarmWorkspace#edgeOnly}. */
        public abstract Builder workspace(SwarmWorkspace value);

        /** The largest packet of the cluster's network, in bytes, 576 to 9000. Default: the engine's, 1450. */
        public abstract Builder mtu(int value);

        /** Builds the settings with their own copy of the machines. */
        public SwarmSettings build() {
            return machines(Collections.unmodifiableSortedMap(new TreeMap<>(machines())))
                    .autoBuild();
        }

        abstract Builder name(String value);

        abstract Builder machines(SortedMap<String, Machine> value);

        abstract SortedMap<String, Machine> machines();

        abstract Optional<String> manager();

        abstract SwarmSettings autoBuild();
    }
}
