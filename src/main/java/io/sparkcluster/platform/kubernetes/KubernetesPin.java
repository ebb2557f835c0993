package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.platform.ClusterTags;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Ties a stack to the Kubernetes cluster that its objects are in. Stack tags remember that cluster: {@code current} and the contexts of a machine
 * may later mean another one, while the stack's objects stay where they are.
 *
 * @param context the context by which the Kubernetes cluster is reached now
 * @param identifier the provider's identifier of the Kubernetes cluster; another identifier replaces all objects
 * @param refusal makes the problem that forbids an update there; empty if the update is allowed
 */
record KubernetesPin(String context, String identifier, Optional<Function<Wording, Problem>> refusal) {

    static final String CONTEXT = "context";
    static final String IDENTIFIER = "cluster-identifier";

    /**
     * Compares the wanted Kubernetes cluster with that of earlier updates.
     *
     * @param settings what the user asks for
     * @param tags what earlier updates remembered
     * @param state the Kubernetes objects in the stack's state; read only if the tags do not answer the question
     */
    static KubernetesPin of(KubernetesSettings settings, ClusterTags tags, Supplier<StateObjects> state) {
        String wanted = settings.kubectl().context();
        var given = settings.clusterIdentifier();
        var context = tags.get(CONTEXT);
        var identifier = tags.get(IDENTIFIER).or(() -> context);
        boolean sameContext = context.filter(wanted::equals).isPresent();
        if (sameContext && identifier.equals(given.or(() -> identifier))) {
            return accepted(wanted, identifier.orElseThrow());
        }
        var known = state.get();
        var before = context.or(known::context);
        var identifierBefore = known.clusterIdentifier().or(() -> identifier);
        if (known.objects().isEmpty() || before.isEmpty() || identifierBefore.isEmpty()) {
            return accepted(wanted, given.orElse(wanted));
        }
        String keep = identifierBefore.get();
        if (given.isPresent() && !given.get().equals(keep)) {
            return new KubernetesPin(wanted, keep, Optional.of(wording -> otherIdentifier(given.get(), keep, wording)));
        }
        // By setting the identifier, the user confirms that another context leads to the same Kubernetes cluster.
        return given.isPresent() || before.get().equals(wanted)
                ? accepted(wanted, keep)
                : new KubernetesPin(
                        wanted, keep, Optional.of(wording -> otherContext(settings, before.get(), keep, wording)));
    }

    /** Why the stack may not be updated there; empty if it may. */
    Optional<Problem> problem(Wording wording) {
        return refusal.map(refused -> refused.apply(wording));
    }

    private static KubernetesPin accepted(String context, String identifier) {
        return new KubernetesPin(context, identifier, Optional.empty());
    }

    private static Problem otherContext(
            KubernetesSettings settings, String before, String identifier, Wording wording) {
        String wanted = settings.kubectl().context();
        boolean current = settings.kubectl().followsCurrent();
        return new Problem(
                "kubernetes.context",
                wanted,
                (current ? "this context is kubectl's current one now, and the" : "the")
                        + " objects of this stack are in the context " + before
                        + ", where they would stay and go on running",
                "To work where they are:\n      " + wording.set("kubernetes.context", before)
                        + "\n    To move to " + wanted
                        + ", remove them first (a workspace that is retained stays there):"
                        + "\n      " + wording.down()
                        + "\n    If both names mean the same Kubernetes cluster:\n      "
                        + wording.set("kubernetes.clusterIdentifier", identifier));
    }

    private static Problem otherIdentifier(String given, String before, Wording wording) {
        return new Problem(
                "kubernetes.clusterIdentifier",
                given,
                "this stack's objects were made under the identifier " + before
                        + ", and another one means another Kubernetes cluster: all of them would be replaced, the workspace too",
                "Set it to " + before + " again, or remove the cluster first (" + wording.down() + ")");
    }

    /** Remembers the context and the identifier for the next run, where they changed. */
    void keep(ClusterTags tags) {
        changes(tags).forEach(tags::keep);
    }

    /** The tags that change. A stack without an identifier tag has the context as its identifier. */
    Map<String, String> changes(ClusterTags tags) {
        var changes = new TreeMap<String, String>();
        if (!tags.get(CONTEXT).equals(Optional.of(context))) {
            changes.put(CONTEXT, context);
        }
        if (!identifier.equals(tags.get(IDENTIFIER).orElse(context))) {
            changes.put(IDENTIFIER, identifier);
        }
        return changes;
    }
}
