package io.sparkcluster.platform.kubernetes;

import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Kubernetes objects in a stack's state.
 *
 * @param objects kinds with identifiers, for example {@code StatefulSet spark/spark-dev-master}
 * @param context the context of their provider
 * @param clusterIdentifier the identifier that their provider has for the Kubernetes cluster; another identifier replaces all objects
 */
record StateObjects(Set<String> objects, Optional<String> context, Optional<String> clusterIdentifier) {

    /** The state of a stack without Kubernetes objects. */
    static final StateObjects NONE = new StateObjects(Set.of(), Optional.empty(), Optional.empty());

    private static final String PREFIX = "kubernetes:";
    private static final String PROVIDER = "pulumi:providers:kubernetes";

    /** Copies the set. */
    StateObjects {
        objects = Set.copyOf(objects);
    }

    /**
     * Finds the Kubernetes objects in a state.
     *
     * @param resources the state's resources, as the backend stores them
     */
    static StateObjects of(List<JsonObject> resources) {
        var objects = new LinkedHashSet<String>();
        Optional<String> context = Optional.empty();
        Optional<String> identifier = Optional.empty();
        for (JsonObject resource : resources) {
            String type = text(resource, "type").orElse("");
            if (type.startsWith(PREFIX)) {
                text(resource, "id").ifPresent(id -> objects.add(type.substring(type.lastIndexOf(':') + 1) + " " + id));
            }
            if (type.equals(PROVIDER) && resource.get("inputs") instanceof JsonObject inputs) {
                context = text(inputs, "context");
                identifier = text(inputs, "clusterIdentifier");
            }
        }
        return new StateObjects(objects, context, identifier);
    }

    boolean has(String kind, String id) {
        return objects.contains(kind + " " + id);
    }

    private static Optional<String> text(JsonObject object, String key) {
        var value = object.get(key);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
