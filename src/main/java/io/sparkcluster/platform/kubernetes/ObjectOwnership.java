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
 * Whose the objects are that a namespace already has under the names that a cluster needs. The provider goes on with an object that an interrupted run left, and
 * controllers take a claim of the right name for theirs: so what belongs to somebody else is refused here, before anything is made.
 *
 * @param plan the cluster that is to be made
 * @param settings where
 * @param owner the cluster's owner
 * @param state what this stack's state has, read only where it matters
 * @param wording how to say what the reader can do
 */
record ObjectOwnership(
        ClusterPlan plan, KubernetesSettings settings, Owner owner, Supplier<StateObjects> state, Wording wording) {

    static final String NAMESPACE = "Namespace";

    private static final String NAMESPACE_FIELD = "kubernetes.namespace";

    /** Everything that can be in the way in the namespace. */
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

    /** Whether the stack takes an object over: an earlier release made it, and this stack's state knows it. */
    boolean isOfEarlierRelease(FoundObject object) {
        String id = object.kind().equals(NAMESPACE) ? object.name() : settings.namespace() + "/" + object.name();
        return object.owner().isEmpty()
                && object.stack().isPresent()
                && state.get().has(object.kind(), id);
    }

    /** A controller copies the labels by which its set selects, and no others. */
    private boolean isClaimOfSet(FoundObject object) {
        return object.kind().equals(PlannedObject.CLAIM)
                && object.stack().isEmpty()
                && object.cluster().filter(plan.spec().name()::equals).isPresent()
                && PlannedObject.claimsOfSets(plan).stream()
                        .anyMatch(claim -> claim.name().equals(object.name()));
    }

    /**
     * What of others is in the way.
     *
     * @param found what the namespace has of {@link #wanted}
     * @param nameTaken whether the namespace has something of a cluster of that name
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

    /** The refusal of a namespace that the stack would make and that somebody else has. */
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
