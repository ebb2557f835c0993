package io.sparkcluster.platform;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Where in Pulumi's resource tree a platform registers resources: their parent, the start of their names, and the labels that tell which cluster and role they
 * belong to.
 *
 * @param name name of the next resource
 * @param parent the component that it belongs to
 * @param labels put on everything that can be labelled
 * @param after resources that must be complete first
 */
public record ResourceScope(
        String name, ComponentResource parent, SortedMap<String, String> labels, List<Resource> after) {

    /** Keeps its own copies. */
    public ResourceScope {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        after = List.copyOf(after);
    }

    /** The scope of a component that has no predecessors. */
    public static ResourceScope of(String name, ComponentResource parent, Map<String, String> labels) {
        return new ResourceScope(name, parent, new TreeMap<>(labels), List.of());
    }

    /** A scope for one more resource under the same parent. */
    public ResourceScope child(String suffix) {
        return new ResourceScope(name + "-" + suffix, parent, labels, after);
    }

    /** The same scope for resources that wait for these resources, and no longer for earlier ones. */
    public ResourceScope after(List<Resource> others) {
        return new ResourceScope(name, parent, labels, others);
    }

    /** The same scope with one more label. */
    public ResourceScope label(String key, String value) {
        var more = new TreeMap<>(labels);
        more.put(key, value);
        return new ResourceScope(name, parent, more, after);
    }

    /** The same scope for what belongs to a node, labelled with the node's role and, if there may be several of one role, its group. */
    public ResourceScope of(NodeSpec node) {
        var scope = label(Labels.ROLE, node.kind().label());
        return node.group()
                .variant()
                .map(variant -> scope.label(Labels.GROUP, variant))
                .orElse(scope);
    }

    /** The labels, each converted to the type that a kind of resource takes. */
    public <T> List<T> labels(BiFunction<String, String, T> form) {
        return labels.entrySet().stream()
                .map(label -> form.apply(label.getKey(), label.getValue()))
                .toList();
    }

    /** Resource options with this scope's parent and predecessors. */
    public CustomResourceOptions.Builder options() {
        return CustomResourceOptions.builder().parent(parent).dependsOn(after);
    }
}
