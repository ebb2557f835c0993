package io.sparkcluster.platform.kubernetes;

import com.pulumi.kubernetes.apps.v1.StatefulSet;
import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetPersistentVolumeClaimRetentionPolicyArgs;
import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeResourceRequirementsArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.ResourceScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The nodes of one group as a stateful set behind a headless service. The set gives each node a name that stays the same when its pod is
 * recreated. The service publishes these names before the pods are ready, since Spark's daemons bind and advertise them. See <a
 * href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/">StatefulSets</a>.
 */
final class NodeStatefulSet {

    /** The state that a node keeps is small, but some storage classes refuse claims below 1 GiB. */
    private static final String OWN_CLAIM = "1Gi";

    private final ObjectMetadata objects;
    private final KubernetesSettings settings;

    NodeStatefulSet(ObjectMetadata objects, KubernetesSettings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /**
     * Registers the set with its service, its configuration and the rights that it needs.
     *
     * @param nodes the nodes, equal except for their names
     * @param scaled whether an autoscaler changes the number of nodes later
     */
    StatefulSet of(ResourceScope parent, List<NodeSpec> nodes, NodeContext context, boolean scaled) {
        NodeSpec node = nodes.get(0);
        var scope = parent.of(node);
        String name = node.group().name();
        var service = headless(scope, name, node);
        var configuration = new ConfigMap(
                scope.child("config").name(),
                ConfigMapArgs.builder()
                        .metadata(objects.meta(scope, PodSpecFactory.configurationName(node)))
                        .data(node.configuration())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
        var after = new ArrayList<Resource>(scope.after());
        after.add(service);
        after.add(configuration);
        after.addAll(context.secretsDelivered(node));
        node.executorPods()
                .ifPresent(pods ->
                        after.addAll(new ExecutorPodResources(objects, settings).of(scope, node, pods, context)));
        var set = StatefulSetSpecArgs.builder()
                .serviceName(name)
                .replicas(nodes.size())
                .podManagementPolicy("Parallel")
                .revisionHistoryLimit(3)
                .selector(ObjectMetadata.select(ObjectMetadata.selector(scope, node)))
                .template(new PodSpecFactory(objects, settings).template(scope, node, context));
        var claims = claims(node);
        if (!claims.isEmpty()) {
            set.volumeClaimTemplates(claims)
                    .persistentVolumeClaimRetentionPolicy(StatefulSetPersistentVolumeClaimRetentionPolicyArgs.builder()
                            .whenDeleted("Delete")
                            .whenScaled("Delete")
                            .build());
        }
        return new StatefulSet(
                scope.name(),
                StatefulSetArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .spec(set.build())
                        .build(),
                scope.after(after)
                        .options()
                        .deleteBeforeReplace(true)
                        .ignoreChanges(scaled ? List.of("spec.replicas") : List.of())
                        .customTimeouts(timeouts(node, nodes.size()))
                        .build());
    }

    private Service headless(ResourceScope scope, String name, NodeSpec node) {
        return new Service(
                scope.child("service").name(),
                ServiceArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .spec(ServiceSpecArgs.builder()
                                .clusterIP("None")
                                .publishNotReadyAddresses(true)
                                .selector(ObjectMetadata.selector(scope, node))
                                .ports(node.ports().stream()
                                        .map(port -> ServicePortArgs.builder()
                                                .name(port.name())
                                                .port(port.port().number())
                                                .build())
                                        .toList())
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }

    private List<PersistentVolumeClaimArgs> claims(NodeSpec node) {
        return node.durableVolumes().stream()
                .map(own -> {
                    var claim = PersistentVolumeClaimSpecArgs.builder()
                            .accessModes("ReadWriteOnce")
                            .resources(VolumeResourceRequirementsArgs.builder()
                                    .requests(Map.of("storage", OWN_CLAIM))
                                    .build());
                    settings.storageClass().ifPresent(claim::storageClassName);
                    return PersistentVolumeClaimArgs.builder()
                            .metadata(
                                    ObjectMetaArgs.builder().name(own.purpose()).build())
                            .spec(claim.build())
                            .build();
                })
                .toList();
    }

    /** Nodes start in parallel, but an update replaces them one after the other, each with its grace period. */
    private static CustomTimeouts timeouts(NodeSpec node, int nodes) {
        Duration start = node.health().startTimeout();
        Duration replaced = start.plus(node.stop().grace()).multipliedBy(nodes);
        return CustomTimeouts.builder()
                .create(start.plusMinutes(1))
                .update(replaced.plusMinutes(1))
                .delete(node.stop().grace().plusMinutes(2))
                .build();
    }
}
