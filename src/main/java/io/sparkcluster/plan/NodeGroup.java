package io.sparkcluster.plan;

import io.sparkcluster.model.Autoscale;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Equal nodes, which are started and replaced together; a single node is a group of one.
 *
 * @param id unique in the cluster, for example {@code workers}; names of components and resources end with it
 * @param kind the kind of its nodes
 * @param variant which group of its kind it is, where a cluster may have several; empty for the only one
 * @param name its name on the platform, unique there
 * @param field the key of a configuration that describes it, for example {@code workers}; problems with its nodes name keys below it
 * @param traits how its nodes work, as far as platforms must know
 * @param placement labels that a machine must have to run its nodes, on platforms with several machines; if empty, every machine may run them
 * @param waitsFor ids of the groups that must work before its nodes can become ready
 * @param autoscale how the number of its nodes follows their load; empty for a fixed number
 */
public record NodeGroup(
        String id,
        NodeKind kind,
        Optional<String> variant,
        String name,
        String field,
        Traits traits,
        SortedMap<String, String> placement,
        Set<String> waitsFor,
        Optional<Autoscale> autoscale) {

    /** Keeps its own copies. */
    public NodeGroup {
        placement = Collections.unmodifiableSortedMap(new TreeMap<>(placement));
        waitsFor = Set.copyOf(waitsFor);
    }

    /** The only group of its kind in a cluster. */
    static NodeGroup only(String cluster, NodeKind kind, Traits traits, Set<String> waitsFor) {
        return new NodeGroup(
                kind.section(),
                kind,
                Optional.empty(),
                cluster + "-" + kind.label(),
                kind.section(),
                traits,
                new TreeMap<>(),
                waitsFor,
                Optional.empty());
    }

    /** One of several groups of its kind. */
    static NodeGroup variant(
            String cluster,
            NodeKind kind,
            String variant,
            Traits traits,
            Map<String, String> placement,
            Set<String> waitsFor) {
        return new NodeGroup(
                kind.section() + "-" + variant,
                kind,
                Optional.of(variant),
                cluster + "-" + kind.label() + "-" + variant,
                kind.section() + ".groups." + variant,
                traits,
                new TreeMap<>(placement),
                waitsFor,
                Optional.empty());
    }

    /** The same group with a number of nodes that follows their load; with a fixed number if {@code scaling} is empty. */
    NodeGroup scaled(Optional<Autoscale> scaling) {
        return new NodeGroup(id, kind, variant, name, field, traits, placement, waitsFor, scaling);
    }

    /** Whether its nodes are of a kind. */
    public boolean is(NodeKind other) {
        return kind.equals(other);
    }
}
