package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * An object that a cluster, or a controller for it, makes in the namespace.
 *
 * @param resource the resource name of the API, for example {@code statefulsets.apps}
 * @param kind the kind, for example {@code StatefulSet}
 * @param name the object's name
 */
record PlannedObject(String resource, String kind, String name) {

    static final String CLAIM = "PersistentVolumeClaim";

    /** Every object that a plan makes, except the namespace and the claims of stateful sets. */
    static List<PlannedObject> of(ClusterPlan plan, KubernetesSettings settings) {
        var objects = new ArrayList<PlannedObject>();
        objects.add(new PlannedObject("networkpolicies.networking.k8s.io", "NetworkPolicy", plan.network()));
        plan.madeVolumes().forEach(volume -> objects.add(claim(volume.name())));
        plan.secrets()
                .forEach(secret -> objects.add(
                        new PlannedObject("secrets", "Secret", plan.spec().name() + "-" + secret.name())));
        // The nodes of a group are one stateful set and differ only in their names.
        plan.groups()
                .forEach(group -> objects.addAll(
                        ofSet(settings, group.name(), plan.nodes(group).get(0))));
        return objects;
    }

    private static List<PlannedObject> ofSet(KubernetesSettings settings, String name, NodeSpec node) {
        var objects = new ArrayList<PlannedObject>();
        objects.add(new PlannedObject("statefulsets.apps", "StatefulSet", name));
        objects.add(service(name));
        objects.add(configMap(name + "-config"));
        if (node.traits().replicated()) {
            objects.add(new PlannedObject("poddisruptionbudgets.policy", "PodDisruptionBudget", name));
            if (node.group().autoscale().isPresent()) {
                objects.add(new PlannedObject("horizontalpodautoscalers.autoscaling", "HorizontalPodAutoscaler", name));
            }
        }
        if (settings.exposure() == Exposure.NODE_PORT && !node.publishedPorts().isEmpty()) {
            objects.add(new PlannedObject("networkpolicies.networking.k8s.io", "NetworkPolicy", name + "-access"));
            objects.add(service(name + "-access"));
        }
        if (node.executorPods().isPresent()) {
            objects.add(new PlannedObject("serviceaccounts", "ServiceAccount", name));
            objects.add(new PlannedObject("roles.rbac.authorization.k8s.io", "Role", name));
            objects.add(new PlannedObject("rolebindings.rbac.authorization.k8s.io", "RoleBinding", name));
            objects.add(configMap(ExecutorPodResources.templatesName(node)));
        }
        return objects;
    }

    /** Claims that the controller of stateful sets makes. It uses existing claims as they are. */
    static List<PlannedObject> claimsOfSets(ClusterPlan plan) {
        var claims = new ArrayList<PlannedObject>();
        for (NodeSpec node : plan.nodes()) {
            node.durableVolumes()
                    .forEach(own ->
                            claims.add(claim(own.purpose() + "-" + node.name().local())));
        }
        return claims;
    }

    private static PlannedObject claim(String name) {
        return new PlannedObject("persistentvolumeclaims", CLAIM, name);
    }

    private static PlannedObject service(String name) {
        return new PlannedObject("services", "Service", name);
    }

    private static PlannedObject configMap(String name) {
        return new PlannedObject("configmaps", "ConfigMap", name);
    }

    /** The object as an argument of {@code kubectl get}. */
    String argument() {
        return resource + "/" + name;
    }
}
