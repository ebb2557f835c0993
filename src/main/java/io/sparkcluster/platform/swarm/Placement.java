package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.NodeKind;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which machines nodes may run on: those that have all labels that the kind of node asks for. A kind that asks for no labels may run on every
 * machine. In addition to its own labels, each machine has the label {@link Machine#NAME_LABEL}.
 *
 * @param labels the labels that each kind of node asks for, by the kind's section in a configuration, for example {@code workers}. A node that is
 *     the only one of its kind runs on the manager if the manager has the labels, else on the first machine by name that has them. Workers are
 *     spread over all machines that have the labels
 */
public record Placement(SortedMap<String, SortedMap<String, String>> labels) {

    /** Copies the labels. */
    public Placement {
        var copy = new TreeMap<String, SortedMap<String, String>>();
        labels.forEach(
                (section, wanted) -> copy.put(section, Collections.unmodifiableSortedMap(new TreeMap<>(wanted))));
        labels = Collections.unmodifiableSortedMap(copy);
    }

    /** Master and edge node on the manager, workers everywhere. */
    public static Placement anywhere() {
        return new Placement(new TreeMap<>());
    }

    /** The same placement, with nodes of a kind only on machines that have all these labels. */
    public Placement with(NodeKind kind, Map<String, String> wanted) {
        var more = new TreeMap<>(labels);
        more.put(kind.section(), new TreeMap<>(wanted));
        return new Placement(more);
    }

    /** The labels that a machine must have for nodes of a kind; empty if every machine will do. */
    public SortedMap<String, String> of(NodeKind kind) {
        return Optional.ofNullable(labels.get(kind.section())).orElseGet(TreeMap::new);
    }
}
