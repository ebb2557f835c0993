package io.sparkcluster.platform.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.ResourceScope;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What all objects of a cluster have in common: their namespace, their labels and the selectors of these labels.
 *
 * @param namespace the namespace's name
 * @param labels the user's labels for every object
 */
record ObjectMetadata(Output<String> namespace, Map<String, String> labels) {

    /** Keeps its own copy. */
    ObjectMetadata {
        labels = Map.copyOf(labels);
    }

    /** See <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/">Recommended Labels</a>. */
    private static final String PART_OF = "app.kubernetes.io/part-of";

    private static final String VALUE = "spark-cluster";

    ObjectMetaArgs meta(ResourceScope scope, String name) {
        return meta(scope, name, Map.of());
    }

    ObjectMetaArgs meta(ResourceScope scope, String name, Map<String, String> annotations) {
        var all = new TreeMap<>(annotations);
        // An annotation, since the owner's name is free text, which is not valid in a label.
        Optional.ofNullable(scope.labels().get(Labels.OWNER_NAME)).ifPresent(who -> all.put(Labels.OWNER_NAME, who));
        var meta = ObjectMetaArgs.builder().name(name).namespace(namespace).labels(labels(scope));
        if (!all.isEmpty()) {
            meta.annotations(all);
        }
        return meta.build();
    }

    /** A size in the form in which the API server returns it, so that a refresh finds no difference. */
    static String quantity(MemorySize size) {
        long mebibytes = size.mebibytes();
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "Gi" : mebibytes + "Mi";
    }

    Map<String, String> labels(ResourceScope scope) {
        var all = new TreeMap<>(labels);
        all.put(PART_OF, VALUE);
        scope.labels().forEach((key, value) -> {
            if (!key.equals(Labels.OWNER_NAME)) {
                all.put(key, labelValue(value));
            }
        });
        return all;
    }

    /** Selects all pods of a cluster. The selector must stay as it is, since existing stateful sets cannot change theirs. */
    static Map<String, String> selector(ResourceScope scope) {
        var selected = new TreeMap<String, String>();
        Optional.ofNullable(scope.labels().get(Labels.CLUSTER))
                .ifPresent(cluster -> selected.put(Labels.CLUSTER, labelValue(cluster)));
        return selected;
    }

    /** Selects the pods of one kind, also those that Spark started. */
    static Map<String, String> selector(ResourceScope scope, NodeKind kind) {
        var selected = new TreeMap<>(selector(scope));
        selected.put(Labels.ROLE, kind.label());
        return selected;
    }

    /** Selects the pods of a node's group. */
    static Map<String, String> selector(ResourceScope scope, NodeSpec node) {
        var selected = new TreeMap<>(selector(scope, node.kind()));
        node.group().variant().ifPresent(variant -> selected.put(Labels.GROUP, variant));
        return selected;
    }

    static LabelSelectorArgs select(Map<String, String> labels) {
        return LabelSelectorArgs.builder().matchLabels(labels).build();
    }

    static String labelValue(String value) {
        return LabelValue.of(value);
    }
}
