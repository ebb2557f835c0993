package io.sparkcluster;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks objects against Kubernetes' OpenAPI document, in the form of the classes that are generated from it. */
final class OpenApi {

    private static final Map<String, Check> CHECKS = Map.ofEntries(
            Map.entry("ConfigMap", V1ConfigMap::validateJsonElement),
            Map.entry("HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement),
            Map.entry("NetworkPolicy", V1NetworkPolicy::validateJsonElement),
            Map.entry("PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement),
            Map.entry("Pod", V1Pod::validateJsonElement),
            Map.entry("PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
            Map.entry("Role", V1Role::validateJsonElement),
            Map.entry("RoleBinding", V1RoleBinding::validateJsonElement),
            Map.entry("Secret", V1Secret::validateJsonElement),
            Map.entry("Service", V1Service::validateJsonElement),
            Map.entry("ServiceAccount", V1ServiceAccount::validateJsonElement),
            Map.entry("StatefulSet", V1StatefulSet::validateJsonElement));

    private OpenApi() {}

    @FunctionalInterface
    private interface Check {
        void validate(JsonElement element) throws IOException;
    }

    /** Fails where an object has a field that the document has not, or lacks one that it demands. */
    static void validate(List<Manifest> manifests) throws IOException {
        for (Manifest manifest : manifests) {
            validate(manifest.kind(), new Gson().toJsonTree(manifest.content()));
        }
    }

    static void validate(String kind, JsonElement object) throws IOException {
        Optional.ofNullable(CHECKS.get(kind))
                .orElseThrow(() -> new AssertionError("no check for " + kind))
                .validate(object);
    }
}
