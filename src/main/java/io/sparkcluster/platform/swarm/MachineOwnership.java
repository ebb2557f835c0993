package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Owner;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out who owns the machines, and the volumes and containers on them that have names the cluster needs. A machine belongs to one Swarm, and to
 * one cluster, at a time.
 *
 * @param settings the machines as they are described
 * @param plan the cluster to be made
 * @param owner the cluster's owner
 * @param facts the facts of the machines that answered
 * @param state what the stack's state has of the Swarm; read only for things without an owner, which earlier releases made
 * @param wording how to say what the reader can do
 */
record MachineOwnership(
        SwarmSettings settings,
        ClusterPlan plan,
        Owner owner,
        Map<Machine, MachineFacts> facts,
        Supplier<SwarmState> state,
        Wording wording) {

    /** Keeps its own copy, in the order of the machines. */
    MachineOwnership {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** A problem for each thing in the way that does not belong to this owner. */
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        facts.forEach((machine, fact) -> {
            machine(machine, fact).ifPresent(problems::add);
            var names = new SwarmNames(settings, plan);
            names.volumes(machine).stream()
                    .flatMap(name -> volume(machine, fact, name).stream())
                    .forEach(problems::add);
            names.containers(machine).stream()
                    .flatMap(name -> container(machine, fact, name).stream())
                    .forEach(problems::add);
        });
        return problems;
    }

    /** What this stack takes over from releases that noted no owner: machines, each with the names of its volumes. */
    Map<Machine, List<String>> takenOver() {
        var taken = new LinkedHashMap<Machine, List<String>>();
        facts.forEach((machine, fact) -> {
            var volumes = new SwarmNames(settings, plan)
                    .volumes(machine).stream()
                            .filter(name -> Volume.of(fact, name)
                                    .filter(volume -> volume.owner().isEmpty())
                                    .isPresent())
                            .filter(name -> state.get().volumes().contains(name))
                            .toList();
            if (!volumes.isEmpty() || (isWithoutOwner(fact) && isInState(machine))) {
                taken.put(machine, volumes);
            }
        });
        return taken;
    }

    private Optional<Problem> machine(Machine machine, MachineFacts fact) {
        if (!fact.text("holder").isEmpty()) {
            return Optional.of(problem(
                    machine,
                    "it is in the Swarm of " + whose(fact.text("holder"), fact.text("holderName")),
                    "Name another machine, or take that cluster down first; if it is gone for good, remove"
                            + " /var/lib/sparkcluster/" + fact.text("holder") + " on " + machine.name()));
        }
        if (!List.of("", owner.id()).contains(fact.text("owner"))) {
            return Optional.of(problem(
                    machine,
                    "it has things of " + whose(settings.name(), fact.text("ownerName")),
                    "Name other machines, and have another name for this cluster: " + anotherName()));
        }
        if (isInAnotherSwarm(fact)) {
            String managers = fact.text("managers");
            return Optional.of(problem(
                    machine,
                    "it is in a Swarm that this stack did not make"
                            + (managers.isEmpty() ? "" : " (managed at " + managers + ")"),
                    "Name another machine, or take it out there with docker swarm leave"));
        }
        if (isWithoutOwner(fact) && !isInState(machine)) {
            return Optional.of(problem(
                    machine,
                    "it is in the Swarm of " + whose(settings.name(), "")
                            + ", and this stack's state does not show that it is its own",
                    "Name another machine, or, if the cluster is yours, write its owner's id, which pulumi stack tag get"
                            + " sparkcluster:owner prints after an up, into /var/lib/sparkcluster/" + settings.name()
                            + "/owner there as root"));
        }
        return Optional.empty();
    }

    private static Problem problem(Machine machine, String rule, String remedy) {
        return new Problem("swarm.machines." + machine.name(), machine.login().address(), rule, remedy);
    }

    private static String whose(String cluster, String ownerName) {
        return "the cluster \"" + cluster + "\", which "
                + (ownerName.isEmpty() ? "an earlier release made without noting an owner" : "belongs to " + ownerName);
    }

    /** Whether a release that noted no owner made the machine part of this cluster's Swarm. */
    static boolean isWithoutOwner(MachineFacts fact) {
        return fact.is("noted", "yes") && fact.text("owner").isEmpty();
    }

    /** {@link MachineCheck} reports locked Swarms. */
    private boolean isInAnotherSwarm(MachineFacts fact) {
        if (List.of("", "inactive", "locked").contains(fact.text("swarm"))) {
            return false;
        }
        boolean otherNode = !fact.text("notedNode").isEmpty() && !fact.is("notedNode", fact.text("node"));
        return !fact.is("noted", "yes") || otherNode || !(fact.text("managers").isEmpty() || isManaged(fact));
    }

    private boolean isManaged(MachineFacts fact) {
        return fact.words("managers").stream()
                .anyMatch(address -> address.startsWith(settings.managing().swarmAddress() + ":"));
    }

    /** Whether the state has the step that took the machine into the Swarm and, unless the Swarm is still empty, one of the Swarm's objects. */
    private boolean isInState(Machine machine) {
        var things = Optional.ofNullable(facts.get(settings.managing()))
                .map(fact -> fact.words("things"))
                .orElse(List.of(""));
        boolean isEmpty = things.equals(List.of(""));
        return state.get().machines().contains(machine.name())
                && (isEmpty || things.stream().anyMatch(state.get().identifiers()::contains));
    }

    private Optional<Problem> volume(Machine machine, MachineFacts fact, String name) {
        return Volume.of(fact, name)
                .filter(volume -> !volume.owner().equals(owner.id()))
                .filter(volume ->
                        !volume.owner().isEmpty() || !state.get().volumes().contains(name))
                .map(volume -> problem(
                        machine,
                        "it has a volume " + name + " already, which "
                                + (volume.owner().isEmpty() ? "notes no owner" : "belongs to " + volume.ownerName()),
                        "Have another name for this cluster: " + anotherName()
                                + (volume.owner().isEmpty()
                                        ? ". Or, if it is this stack's own, write three lines into"
                                                + " /var/lib/sparkcluster/.volumes/" + name
                                                + " there as root: its owner's"
                                                + " id, which pulumi stack tag get sparkcluster:owner prints after an"
                                                + " up, your name, and " + volume.created()
                                        : "")));
    }

    private Optional<Problem> container(Machine machine, MachineFacts fact, String name) {
        String[] fields = fact.text("container." + name).split("\t", -1);
        boolean free = fields[0].isEmpty();
        String theirs = fields.length > 1 ? fields[1] : "";
        if (free || theirs.equals(owner.id())) {
            return Optional.empty();
        }
        if (theirs.isEmpty() && state.get().identifiers().contains(fields[0])) {
            return Optional.empty();
        }
        return Optional.of(problem(
                machine,
                "it has a container " + name + " already, which "
                        + (fields.length > 2 && !fields[2].isEmpty() ? "belongs to " + fields[2] : "notes no owner"),
                "Remove that container if it is yours (docker rm), or have another name for this cluster: "
                        + anotherName()));
    }

    private String anotherName() {
        return wording.set("name", settings.name() + "-2");
    }

    /**
     * A volume on a machine.
     *
     * @param created when it was made, as Docker prints it
     * @param owner the identifier of its owner; empty if none was noted
     * @param ownerName the name of its owner for people
     */
    private record Volume(String created, String owner, String ownerName) {

        static Optional<Volume> of(MachineFacts fact, String name) {
            String[] fields = fact.text("volume." + name).split("\t", -1);
            if (fields[0].isEmpty()) {
                return Optional.empty();
            }
            if (fields.length > 2 && !fields[1].isEmpty()) {
                return Optional.of(new Volume(fields[0], fields[1], fields[2].isEmpty() ? fields[1] : fields[2]));
            }
            String[] noted = fact.text("volumeNote." + name).split("\t", -1);
            boolean about = noted.length == 3 && noted[2].equals(fields[0]);
            return Optional.of(about ? new Volume(fields[0], noted[0], noted[1]) : new Volume(fields[0], "", ""));
        }
    }
}
