package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Owner;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds out who owns existing objects that have the names a cluster needs. The provider would take them over, as it does with objects of an
 * interrupted run, and a stateful set's controller would use any claim with the right name. Objects of other owners are therefore refused before
 * anything is made.
 *
 * @param plan the cluster to be made
 * @param settings the namespace, and what is exposed in it
 * @param owner the cluster's owner
 * @param state the Kubernetes objects in this stack's state; read only if needed
 * @param wording how to say what the reader can do
 */
record ObjectOwnership(
        ClusterPlan plan, KubernetesSettings settings, Owner owner, Supplier<StateObjects> state, Wording wording) {

    static final String NAMESPACE = "Namespace";

    private static final String NAMESPACE_FIELD = "kubernetes.namespace";

    /** Every object that the cluster needs in its namespace, and that may exist already. */
    List<PlannedObject> wanted() {
        var wanted = new ArrayList<>(PlannedObject.of(plan, settings));
        wanted.addAll(PlannedObject.claimsOfSets(plan));
        return wanted;
    }

    boolean isOurs(FoundObject object) {
        if (object.owner().isPresent()) {
            return object.owner().get().equals(owner.id());
        }
        return isOfEarlierRelease(object) || isClaimOfSet(object);
    }

    /** Whether the stack takes an object over: an earlier release made it without noting an owner, and this stack's state has it. */
    boolean isOfEarlierRelease(FoundObject object) {
        String id = object.kind().equals(NAMESPACE) ? object.name() : settings.namespace() + "/" + object.name();
        return object.owner().isEmpty()
                && object.stack().isPresent()
                && state.get().has(object.kind(), id);
    }

    /** Whether a controller made the claim for this cluster's set. A controller copies only the labels of the set's selector, so there is no owner. */
    private boolean isClaimOfSet(FoundObject object) {
        return object.kind().equals(PlannedObject.CLAIM)
                && object.stack().isEmpty()
                && object.cluster().filter(plan.spec().name()::equals).isPresent()
                && PlannedObject.claimsOfSets(plan).stream()
                        .anyMatch(claim -> claim.name().equals(object.name()));
    }

    /**
     * A problem for each other owner whose objects are in the way.
     *
     * @param found the objects of {@link #wanted} that exist
     * @param nameTaken whether the namespace has objects of a cluster of that name
     */
    List<Problem> problems(Collection<FoundObject> found, Predicate<String> nameTaken) {
        var foreign = new TreeMap<String, List<FoundObject>>();
        found.stream().filter(object -> !isOurs(object)).forEach(object -> foreign.computeIfAbsent(
                        object.whose(), who -> new ArrayList<>())
                .add(object));
        return foreign.entrySet().stream()
                .map(entry -> problem(entry.getKey(), entry.getValue(), nameTaken))
                .toList();
    }

    private Problem problem(String whose, List<FoundObject> theirs, Predicate<String> nameTaken) {
        String what = theirs.stream()
                .collect(Collectors.groupingBy(
                        FoundObject::kind,
                        TreeMap::new,
                        Collectors.mapping(FoundObject::name, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
        boolean workspaceOnly = theirs.stream()
                .allMatch(object -> object.kind().equals(PlannedObject.CLAIM)
                        && object.name().equals(plan.workspace().name()));
        return new Problem(
                "name",
                plan.spec().name(),
                "the namespace " + settings.namespace() + " has objects of these names that are " + whose + " (" + what
                        + ")",
                (workspaceOnly
                                ? "To use that workspace: "
                                        + wording.set(
                                                "workspace.existing",
                                                plan.workspace().name())
                                        + ". "
                                : "")
                        + "To have a cluster beside them:\n      "
                        + wording.set("name", free(plan.spec().name(), nameTaken))
                        + "\n    or in another namespace:\n      "
                        + wording.set(NAMESPACE_FIELD, "NAME"));
    }

    /**
     * Refuses a namespace that the stack would make and that another owner has.
     *
     * @param namespace the existing namespace
     * @param taken whether a name is taken
     */
    Problem namespaceTaken(FoundObject namespace, Predicate<String> taken) {
        return new Problem(
                NAMESPACE_FIELD,
                namespace.name(),
                "the namespace exists and is not this stack's: it is " + namespace.whose(),
                "To have a cluster beside it:\n      "
                        + wording.set(NAMESPACE_FIELD, free(namespace.name(), taken))
                        + "\n    or, to work in that namespace, under names that it does not have:"
                        + "\n      "
                        + wording.set("kubernetes.createNamespace", "false")
                        + "\n      "
                        + wording.set("name", free(plan.spec().name(), taken)));
    }

    private static String free(String name, Predicate<String> taken) {
        return IntStream.iterate(2, number -> number + 1)
                .mapToObj(number -> name + "-" + number)
                .filter(candidate -> !taken.test(candidate))
                .findFirst()
                .orElseThrow();
    }
}
