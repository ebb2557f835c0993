package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.NodeKind;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which machines nodes may run on: those that have all labels that their kind asks for; without any, every machine. Each machine has, besides its own, the label
 * {@link Machine#NAME_LABEL}.
 *
 * @param labels what a kind of node asks for, by its section of a configuration, for example {@code workers}. Nodes of a kind that can have only one of them run on the
 *     first machine, by name, that has these; on the manager, if that is one of them. Workers are spread over the machines that have them
 */
public record Placement(SortedMap<String, SortedMap<String, String>> labels) {

    /** Keeps its own copies. */
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

    /** The same, with nodes of a kind only on machines that have these labels. */
    public Placement with(NodeKind kind, Map<String, String> wanted) {
        var more = new TreeMap<>(labels);
        more.put(kind.section(), new TreeMap<>(wanted));
        return new Placement(more);
    }

    /** The labels that a machine must have for nodes of a kind. */
    public SortedMap<String, String> of(NodeKind kind) {
        return Optional.ofNullable(labels.get(kind.section())).orElseGet(TreeMap::new);
    }
}
