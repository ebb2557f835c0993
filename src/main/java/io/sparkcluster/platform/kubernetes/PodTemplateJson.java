package io.sparkcluster.platform.kubernetes;

import com.google.gson.GsonBuilder;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.plan.ExecutorPods;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.SecretSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pod templates for Spark, with the same hardening as {@link PodSpecFactory}. Spark adds the pod's name, image and memory, and the variables of the
 * process. See <a href="https://spark.apache.org/docs/latest/running-on-kubernetes.html#pod-template">Pod Template</a>.
 */
final class PodTemplateJson {

    private final KubernetesSettings settings;

    PodTemplateJson(KubernetesSettings settings) {
        this.settings = settings;
    }

    /**
     * Values that are known only when other resources exist.
     *
     * @param claims names of the shared volumes' claims, by volume
     * @param secrets names of the Kubernetes secrets
     * @param variables variables for pods that ask for pods themselves
     * @param account the service account of pods that ask for pods
     * @param accountUid the account's UID. The account owns drivers in cluster mode, so that Kubernetes deletes them with it; no other resource of the
     *     cluster refers to them
     */
    record Facts(
            Map<String, String> claims,
            Map<SecretSpec, String> secrets,
            Map<String, String> variables,
            String account,
            String accountUid) {

        /** Keeps its own copies. */
        Facts {
            claims = Map.copyOf(claims);
            secrets = Map.copyOf(secrets);
            variables = Map.copyOf(variables);
        }
    }

    /**
     * A template as JSON, which is also YAML.
     *
     * @param template the plan's template
     * @param labels the pod's labels
     * @param selector selects the pods that the scheduler spreads over nodes
     * @param facts values of other resources
     * @throws IllegalArgumentException when the facts lack a volume or a secret of the template
     */
    String json(ExecutorPods.Template template, Map<String, String> labels, Map<String, String> selector, Facts facts) {
        var pod = new TreeMap<String, Object>();
        pod.put("apiVersion", "v1");
        pod.put("kind", "Pod");
        pod.put("metadata", metadata(template, labels, facts));
        pod.put("spec", spec(template, selector, facts));
        return new GsonBuilder()
                        .disableHtmlEscaping()
                        .setPrettyPrinting()
                        .create()
                        .toJson(sorted(pod)) + "\n";
    }

    /** Sorts all maps, so that every run writes the same text for the same pod. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            var ordered = new TreeMap<String, Object>();
            map.forEach((key, inner) -> ordered.put(String.valueOf(key), sorted(inner)));
            return ordered;
        }
        return value instanceof List<?> list
                ? list.stream().map(PodTemplateJson::sorted).toList()
                : value;
    }

    private static Map<String, Object> metadata(
            ExecutorPods.Template template, Map<String, String> labels, Facts facts) {
        var metadata = new TreeMap<String, Object>();
        metadata.put("labels", labels);
        if (template.launches()) {
            metadata.put(
                    "ownerReferences",
                    List.of(Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "ServiceAccount",
                            "name",
                            facts.account(),
                            "uid",
                            facts.accountUid())));
        }
        return metadata;
    }

    private Map<String, Object> spec(ExecutorPods.Template template, Map<String, String> selector, Facts facts) {
        var spec = new TreeMap<String, Object>();
        spec.put("enableServiceLinks", false);
        spec.put("automountServiceAccountToken", template.launches());
        if (template.launches()) {
            spec.put("serviceAccountName", facts.account());
        }
        spec.put("terminationGracePeriodSeconds", template.stop().grace().toSeconds());
        spec.put(
                "securityContext",
                Map.of(
                        "runAsNonRoot",
                        true,
                        "runAsUser",
                        ClusterUser.ID,
                        "runAsGroup",
                        ClusterUser.ID,
                        "fsGroup",
                        ClusterUser.ID,
                        "fsGroupChangePolicy",
                        "OnRootMismatch",
                        "seccompProfile",
                        Map.of("type", "RuntimeDefault")));
        spec.put(
                "topologySpreadConstraints",
                List.of(Map.of(
                        "maxSkew",
                        1,
                        "topologyKey",
                        "kubernetes.io/hostname",
                        "whenUnsatisfiable",
                        "ScheduleAnyway",
                        "labelSelector",
                        Map.of("matchLabels", selector))));
        spec.put("containers", List.of(container(template, facts)));
        spec.put("volumes", volumes(template, facts));
        return spec;
    }

    private static Map<String, Object> container(ExecutorPods.Template template, Facts facts) {
        var container = new TreeMap<String, Object>();
        container.put("name", PodSpecFactory.CONTAINER);
        if (!template.process().isEmpty()) {
            container.put("command", template.process());
        }
        var variables = new TreeMap<>(template.environment());
        if (template.launches()) {
            variables.putAll(facts.variables());
        }
        container.put(
                "env",
                variables.entrySet().stream()
                        .map(variable -> Map.of("name", variable.getKey(), "value", variable.getValue()))
                        .toList());
        container.put("resources", Map.of("limits", Map.of("cpu", PodSpecFactory.millicores(template.cpus()))));
        container.put(
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        Map.of("drop", List.of("ALL"))));
        container.put(
                "volumeMounts",
                template.mounts().stream()
                        .map(mount -> Map.of(
                                "name",
                                PodSpecFactory.volumeName(mount),
                                "mountPath",
                                mount.path(),
                                "readOnly",
                                mount.readOnly()))
                        .toList());
        return container;
    }

    private List<Map<String, Object>> volumes(ExecutorPods.Template template, Facts facts) {
        var volumes = new ArrayList<Map<String, Object>>();
        for (Mount mount : template.mounts()) {
            var volume = new TreeMap<String, Object>();
            volume.put("name", PodSpecFactory.volumeName(mount));
            volume.putAll(source(mount, template, facts));
            volumes.add(volume);
        }
        return volumes;
    }

    private Map<String, Object> source(Mount mount, ExecutorPods.Template template, Facts facts) {
        return mount.fold(
                shared -> Map.of("persistentVolumeClaim", Map.of("claimName", claimOf(shared, template, facts))),
                own -> Map.of(
                        "emptyDir",
                        settings.scratchSize()
                                .map(size -> Map.of("sizeLimit", size.mebibytes() + "Mi"))
                                .orElse(Map.of())),
                memory -> Map.of("emptyDir", Map.of("medium", "Memory", "sizeLimit", memory.mebibytes() + "Mi")),
                secret -> Map.of(
                        "secret",
                        Map.of(
                                "secretName",
                                nameOf(secret.secret(), template, facts),
                                "defaultMode",
                                PodSpecFactory.SECRET_MODE)));
    }

    private static String claimOf(Mount.Shared shared, ExecutorPods.Template template, Facts facts) {
        return Optional.ofNullable(facts.claims().get(shared.volume()))
                .orElseThrow(() ->
                        new IllegalArgumentException(template.kind().label() + "s need the volume " + shared.volume()));
    }

    private static String nameOf(SecretSpec secret, ExecutorPods.Template template, Facts facts) {
        return Optional.ofNullable(facts.secrets().get(secret))
                .orElseThrow(() ->
                        new IllegalArgumentException(template.kind().label() + "s need the secret " + secret.name()));
    }
}
