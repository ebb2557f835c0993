package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Ipv4;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Spelling;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.VolumePlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds problems of a description and of its machines that show without asking a machine. */
final class SwarmValidator {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");
    private static final int LAST_PORT = 65_535;
    private static final int SMALLEST_MTU = 576;
    private static final int LARGEST_MTU = 9000;

    private final ClusterPlan draft;
    private final ClusterSpec spec;
    private final SwarmSettings settings;
    private final Optional<Problem> unmanaged;
    private final List<Problem> problems = new ArrayList<>();

    private SwarmValidator(ClusterPlan draft, SwarmSettings settings) {
        this.draft = draft;
        this.spec = draft.spec();
        this.settings = settings;
        this.unmanaged = draft.withoutPods("a Swarm");
    }

    static List<Problem> of(ClusterPlan draft, SwarmSettings settings) {
        var validator = new SwarmValidator(draft, settings);
        validator.description();
        if (settings.machines().isEmpty()) {
            validator.add(
                    "swarm.machines", "(nothing)", "a Swarm needs at least one machine", "Name one with its host");
        } else {
            validator.machines();
            validator.volumes();
            validator.placement();
        }
        validator.numbers();
        return validator.problems;
    }

    private void add(String field, String value, String rule, String remedy) {
        problems.add(new Problem(field, value, rule, remedy));
    }

    private void description() {
        unmanaged.ifPresent(problems::add);
        spec.workers()
                .autoscale()
                .ifPresent(scaling -> add(
                        "workers.autoscale",
                        "max " + scaling.max(),
                        "a Swarm does not scale services with their load",
                        "Remove it, and set workers.count to what the machines can carry"));
        if (spec.workspace().isExisting()) {
            add(
                    "workspace.existing",
                    spec.workspaceName(),
                    "a volume of that name would be another one on every machine",
                    "Say how the machines share files: swarm.workspace.hostPath or swarm.workspace.nfs");
        }
    }

    private void volumes() {
        if (settings.sharesWorkspace()) {
            return;
        }
        draft.volumes().stream()
                .filter(VolumePlan::needed)
                .forEach(
                        volume -> add(
                                volume.field(),
                                "true",
                                "it needs a volume that nodes share (" + volume.name()
                                        + "), and these machines share no folder",
                                "Say how they share files (swarm.workspace.hostPath or swarm.workspace.nfs), or remove the key"));
    }

    private void machines() {
        if (!settings.machines().containsKey(settings.manager())) {
            add(
                    "swarm.manager",
                    settings.manager(),
                    "no machine has this name",
                    "Name one of " + String.join(", ", settings.machines().keySet()));
        }
        var hosts = new TreeMap<String, String>();
        var addresses = new TreeMap<String, String>();
        for (Machine machine : settings.machines().values()) {
            String field = "swarm.machines." + machine.name();
            if (!NAME.matcher(machine.name()).matches()) {
                add(field, '"' + machine.name() + '"', "it must be a-z, 0-9 and hyphens, at most 32", "Rename it");
            }
            same(field + ".host", machine.login().address(), machine.name(), hosts);
            if (!Ipv4.isAddress(machine.swarmAddress())) {
                add(
                        field + ".address",
                        machine.swarmAddress(),
                        "the machines reach each other by IPv4 addresses, and this is none",
                        "Set it to the machine's address in the network that joins them");
            } else {
                same(
                        field + (machine.address().isPresent() ? ".address" : ".host"),
                        machine.swarmAddress(),
                        machine.name(),
                        addresses);
            }
            if (machine.login().port() < 1 || machine.login().port() > LAST_PORT) {
                add(
                        field + ".port",
                        Integer.toString(machine.login().port()),
                        "it must be a port from 1 to " + LAST_PORT,
                        "Correct it here or in swarm.port, or remove it for 22");
            }
            if (machine.behindJumpHost() && settings.jumpHost().isEmpty()) {
                add(
                        field + ".behindJumpHost",
                        "true",
                        "there is no jump host",
                        "Set swarm.jumpHost.host, or remove it");
            }
        }
    }

    private void same(String field, String value, String machine, Map<String, String> seen) {
        String other = seen.putIfAbsent(value, machine);
        if (other != null
                && problems.stream().noneMatch(problem -> problem.field().equals(field))) {
            add(field, value, "it is the same machine as " + other, "Remove one of the two");
        }
    }

    private void placement() {
        var sections = draft.groups().stream()
                .map(group -> group.kind().section())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        settings.placement().labels().keySet().stream()
                // If the cluster manager is refused, the draft has other nodes than the corrected description, whose
                // sections may be right.
                .filter(section -> unmanaged.isEmpty() && !sections.contains(section))
                .forEach(section -> add(
                        "swarm.placement." + section,
                        "the key",
                        "there are no nodes of that kind",
                        Spelling.nearest(section, sections)
                                .map(near -> "Did you mean " + near + "? Otherwise remove it")
                                .orElse("There are " + String.join(", ", sections))));
        sections.forEach(section -> draft.groups().stream()
                .filter(group -> group.kind().section().equals(section))
                .findFirst()
                .ifPresent(group -> placed(
                        "swarm.placement." + section, settings.placement().of(group.kind()))));
        for (NodeGroup group : draft.groups()) {
            placed(group.field() + ".placement", group.placement());
            perMachine(group);
        }
    }

    private void placed(String field, Map<String, String> wanted) {
        var unknown = wanted.entrySet().stream()
                .filter(label ->
                        settings.machines().values().stream().noneMatch(machine -> machine.has(Map.ofEntries(label))))
                .toList();
        unknown.forEach(label -> add(
                field + "." + label.getKey(),
                label.getValue(),
                "no machine has this label",
                "Give it to one in swarm.machines.<name>.labels, or choose another; machines have " + labels()));
        if (unknown.isEmpty() && settings.machines().values().stream().noneMatch(machine -> machine.has(wanted))) {
            add(field, wanted.toString(), "no machine has all of these labels", "Ask for fewer of them");
        }
    }

    private void perMachine(NodeGroup group) {
        int machines = settings.machinesFor(group).size();
        int count = draft.nodes(group).size();
        var kind = settings.placement().of(group.kind());
        if (machines == 0
                && settings.machines().values().stream().anyMatch(machine -> machine.has(kind))
                && settings.machines().values().stream().anyMatch(machine -> machine.has(group.placement()))) {
            add(
                    group.field() + ".placement",
                    group.placement().toString(),
                    "no machine has these labels and those of swarm.placement."
                            + group.kind().section() + ", " + kind,
                    "Ask for fewer of them");
        }
        if (group.traits().replicated()
                && machines > 0
                && settings.workersPerMachine() > 0
                && settings.workersPerMachine() * machines < count) {
            add(
                    "swarm.workersPerMachine",
                    Integer.toString(settings.workersPerMachine()),
                    count + " workers do not fit on " + machines + " machines with at most that many on each",
                    "Raise it, add machines, or lower " + group.field() + ".count");
        }
    }

    private String labels() {
        return settings.machines().values().stream()
                .flatMap(machine -> machine.labels().entrySet().stream())
                .map(label -> label.getKey() + "=" + label.getValue())
                .distinct()
                .sorted()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), all -> all.isEmpty() ? "none but machine=<name>" : all));
    }

    private void numbers() {
        if (settings.cpuReservationPercent() < 0 || settings.cpuReservationPercent() > 100) {
            add(
                    "swarm.cpuReservationPercent",
                    Integer.toString(settings.cpuReservationPercent()),
                    "it must be 0 to 100",
                    "Choose 100 to reserve all that a node may use");
        }
        if (settings.workersPerMachine() < 0) {
            add(
                    "swarm.workersPerMachine",
                    Integer.toString(settings.workersPerMachine()),
                    "it must be 0 or more",
                    "Remove it for no limit");
        }
        settings.mtu()
                .filter(mtu -> mtu < SMALLEST_MTU || mtu > LARGEST_MTU)
                .ifPresent(mtu -> add(
                        "swarm.mtu",
                        mtu.toString(),
                        "it must be " + SMALLEST_MTU + " to " + LARGEST_MTU,
                        "Remove it, or choose what the network carries less " + SwarmPlatform.overhead()));
    }
}
