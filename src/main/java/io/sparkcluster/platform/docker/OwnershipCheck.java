package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Owner;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks who owns the containers, networks and volumes that an engine already has under the names that a cluster needs. The engine gives a volume to anybody
 * who asks for its name, and the provider replaces whatever has a name that it needs. So this check refuses, before anything is made, to take what belongs to
 * another owner.
 *
 * @param plan the cluster to be made
 * @param owner its owner
 * @param things what the engine has
 * @param taken the recorded fingerprint of this stack's workspace, if there is one
 * @param fingerprint gives a volume's fingerprint, which tells it from a later volume of the same name
 * @param isNoted whether the first argument is the fingerprint of the volume that the second one names
 * @param inState the identifiers in this stack's state, read only if they matter
 * @param wording how to say what the reader can do
 */
record OwnershipCheck(
        ClusterPlan plan,
        Owner owner,
        EngineThings things,
        Optional<String> taken,
        UnaryOperator<String> fingerprint,
        BiPredicate<String, String> isNoted,
        Supplier<Set<String>> inState,
        Wording wording) {

    private static final int FIRST_PORT = 1024;
    private static final int LAST_PORT = 65_535;

    /** What the cluster would take from other owners, and an existing workspace that is missing. */
    List<Problem> problems() {
        var foreign = new TreeMap<String, List<Thing>>();
        for (Thing thing : inTheWay()) {
            if (!isOurs(thing)) {
                foreign.computeIfAbsent(owners(thing), who -> new ArrayList<>()).add(thing);
            }
        }
        var problems = new ArrayList<Problem>();
        foreign.forEach((who, theirs) -> problems.add(problem(theirs)));
        existingWorkspace().ifPresent(problems::add);
        return problems;
    }

    /** The fingerprint of a workspace that a release made without noting an owner, if the state shows that it belongs to this stack. */
    Optional<String> takenOver() {
        return inTheWay().stream()
                .filter(thing -> thing.kind() == Thing.Kind.VOLUME
                        && thing.name().equals(plan.workspace().name())
                        && thing.owner().isEmpty()
                        && inState.get().contains(thing.id()))
                .findFirst()
                .map(volume -> fingerprint.apply(volume.name()));
    }

    /** Whether the stack has containers or networks from a release that noted no owner, which are replaced now. Volumes stay as they are. */
    boolean takesOver() {
        return inTheWay().stream()
                .anyMatch(thing -> thing.kind() != Thing.Kind.VOLUME
                        && thing.owner().isEmpty()
                        && inState.get().contains(thing.id()));
    }

    /** A container of another owner that publishes a port. */
    Optional<Thing> publisher(Port port) {
        return things.containers().stream()
                .filter(thing -> !isOurs(thing) && thing.publishes(port))
                .findFirst();
    }

    /** Whether a container of another owner prevents publishing a port on that address. */
    boolean excludes(String address, Port port) {
        return things.containers().stream().anyMatch(thing -> !isOurs(thing) && thing.excludes(address, port));
    }

    /** Whether one of the owner's own containers publishes a port. */
    boolean publishes(Port port) {
        return things.containers().stream().anyMatch(thing -> thing.publishes(port) && isOurs(thing));
    }

    private boolean isOurs(Thing thing) {
        if (thing.owner().isPresent()) {
            return thing.owner().get().equals(owner.id());
        }
        return (taken.isPresent() && thing.kind() == Thing.Kind.VOLUME && isNoted.test(taken.get(), thing.name()))
                || inState.get().contains(thing.id());
    }

    private List<Thing> inTheWay() {
        var names = new TreeMap<Thing.Kind, Set<String>>();
        names.put(Thing.Kind.CONTAINER, containers());
        names.put(Thing.Kind.NETWORK, Set.of(plan.network()));
        names.put(Thing.Kind.VOLUME, volumes());
        return things.all().stream()
                .filter(thing -> names.getOrDefault(thing.kind(), Set.of()).contains(thing.name()))
                .toList();
    }

    private Set<String> containers() {
        var names = new LinkedHashSet<>(
                plan.nodes().stream().map(NodeSpec::hostName).toList());
        names.addAll(secrets());
        return names;
    }

    private Set<String> volumes() {
        var names = new LinkedHashSet<>(secrets());
        for (NodeSpec node : plan.nodes()) {
            node.ownVolumes().forEach(own -> names.add(node.hostName() + "-" + own.purpose()));
        }
        plan.madeVolumes().forEach(volume -> names.add(volume.name()));
        return names;
    }

    private Collection<String> secrets() {
        return plan.secrets().stream()
                .map(secret -> plan.spec().name() + "-" + secret.name())
                .toList();
    }

    private Optional<Problem> existingWorkspace() {
        var workspace = plan.workspace();
        return workspace.existing()
                        && !plan.spec().workspace().namedLater()
                        && things.volumes().stream()
                                .noneMatch(volume -> volume.name().equals(workspace.name()))
                ? Optional.of(new Problem(
                        "workspace.existing",
                        workspace.name(),
                        "the engine has no volume of this name",
                        "Name one that docker volume ls lists, make it (docker volume create " + workspace.name()
                                + "), or remove the key to have a workspace made for the cluster"))
                : Optional.empty();
    }

    private static String owners(Thing thing) {
        return thing.owner().orElse("") + thing.cluster().orElse("");
    }

    private Problem problem(List<Thing> theirs) {
        var first = theirs.get(0);
        String what = theirs.stream()
                .collect(Collectors.groupingBy(
                        Thing::kind, TreeMap::new, Collectors.mapping(Thing::name, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().label() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
        boolean workspaceOnly = theirs.stream()
                .allMatch(thing -> thing.kind() == Thing.Kind.VOLUME
                        && thing.name().equals(plan.workspace().name()));
        return new Problem(
                "name",
                plan.spec().name(),
                "the engine has things of this name that are " + first.whose() + " (" + what + ")",
                (workspaceOnly
                                ? "To use that workspace too: "
                                        + wording.set(
                                                "workspace.existing",
                                                plan.workspace().name())
                                        + ". "
                                : "")
                        + sideBySide());
    }

    /** The settings with which the cluster can live beside the things of other owners. */
    String sideBySide() {
        String lines = "To have a cluster beside it:";
        if (inTheWay().stream().anyMatch(thing -> !isOurs(thing))) {
            lines += "\n      " + wording.set("name", freeName());
        }
        for (var endpoint : plan.endpoints()) {
            if (things.containers().stream().anyMatch(thing -> !isOurs(thing) && thing.publishes(endpoint.port()))) {
                lines += "\n      " + wording.set(endpoint.field(), freePort(endpoint.port()));
            }
        }
        return lines;
    }

    private String freeName() {
        String name = plan.spec().name();
        return IntStream.iterate(2, number -> number + 1)
                .mapToObj(number -> name + "-" + number)
                .filter(candidate -> things.all().stream()
                        .noneMatch(thing -> thing.name().startsWith(candidate + "-")
                                || thing.name().equals(candidate)))
                .findFirst()
                .orElseThrow();
    }

    private String freePort(Port taken) {
        return IntStream.concat(
                        IntStream.rangeClosed(taken.number() + 1, LAST_PORT),
                        IntStream.range(FIRST_PORT, taken.number()))
                .filter(number -> things.containers().stream().noneMatch(thing -> thing.publishes(Port.of(number))))
                .mapToObj(Integer::toString)
                .findFirst()
                .orElseThrow();
    }
}
