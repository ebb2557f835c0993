package io.sparkcluster.platform.swarm;

import com.google.auto.value.AutoValue;
import io.sparkcluster.plan.NodeKind;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which machines nodes may run on: those that have all labels that the kind of node asks for. A kind that asks for no labels may run on every
 * machine. In addition to its own labels, each machine has the label {@link Machine#NAME_LABEL}.
 */
@AutoValue
public abstract class Placement {

    Placement() {}

    /** Master and edge node on the manager, workers everywhere. */
    public static Placement anywhere() {
        return bySection(Map.of());
    }

    /** A placement with these {@link #labels}. Their keys are sections of a configuration, for example {@code workers}. */
    public static Placement bySection(Map<String, SortedMap<String, String>> labels) {
        return new AutoValue_Placement.Builder().labels(new TreeMap<>(labels)).build();
    }

    /**
     * The labels that each kind of node asks for, by the kind's section in a configuration, for example {@code workers}. A node that is the only one of
     * its kind runs on the manager if the manager has the labels, else on the first machine by name that has them. Workers are spread over all machines
     * that have the labels.
     */
    public abstract SortedMap<String, SortedMap<String, String>> labels();

    /** The same placement, with nodes of a kind only on machines that have all these labels. */
    public Placement with(NodeKind kind, Map<String, String> wanted) {
        var more = new TreeMap<>(labels());
        more.put(kind.section(), new TreeMap<>(wanted));
        return toBuilder().labels(more).build();
    }

    /** The labels that a machine must have for nodes of a kind; empty if every machine will do. */
    public SortedMap<String, String> of(NodeKind kind) {
        return Optional.ofNullable(labels().get(kind.section())).orElseGet(TreeMap::new);
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder labels(SortedMap<String, SortedMap<String, String>> value);

        abstract SortedMap<String, SortedMap<String, String>> labels();

        abstract Placement autoBuild();

        /** Copies the labels. */
        Placement build() {
            var copy = new TreeMap<String, SortedMap<String, String>>();
            labels().forEach((section, wanted) ->
                    copy.put(section, Collections.unmodifiableSortedMap(new TreeMap<>(wanted))));
            return labels(Collections.unmodifiableSortedMap(copy)).autoBuild();
        }
    }
}
