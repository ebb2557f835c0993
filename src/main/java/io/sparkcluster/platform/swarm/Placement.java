package io.sparkcluster.platform.swarm;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which machines a role may run on: those that have all of these labels; without any, every machine. Each machine has, besides its own, the label
 * {@link Machine#NAME_LABEL}.
 *
 * @param master the master runs on the first machine, by name, that has these; on the manager, if that is one of them
 * @param edge the same for the edge node
 * @param workers workers are spread over the machines that have these
 */
public record Placement(
        SortedMap<String, String> master, SortedMap<String, String> edge, SortedMap<String, String> workers) {

    /** Keeps its own copies. */
    public Placement {
        master = Collections.unmodifiableSortedMap(new TreeMap<>(master));
        edge = Collections.unmodifiableSortedMap(new TreeMap<>(edge));
        workers = Collections.unmodifiableSortedMap(new TreeMap<>(workers));
    }

    /** Master and edge node on the manager, workers everywhere. */
    public static Placement anywhere() {
        return new Placement(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** The same, with workers only on machines that have these labels. */
    public Placement withWorkers(Map<String, String> labels) {
        return new Placement(master, edge, new TreeMap<>(labels));
    }

    /** The same, with the edge node on a machine that has these labels. */
    public Placement withEdge(Map<String, String> labels) {
        return new Placement(master, new TreeMap<>(labels), workers);
    }

    /** The same, with the master on a machine that has these labels. */
    public Placement withMaster(Map<String, String> labels) {
        return new Placement(new TreeMap<>(labels), edge, workers);
    }
}
