package io.sparkcluster.platform.kubernetes;

import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import io.sparkcluster.plan.NodePort;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Role;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Scope;
import java.util.List;
import java.util.Optional;

/** Who may talk to a cluster's pods, and how many of them a maintenance may take away at a time. */
final class Guards {

    private final Objects objects;

    Guards(Objects objects) {
        this.objects = objects;
    }

    /**
     * The pods of a cluster accept connections from each other only. What leaves them is not limited: notebooks fetch data and packages
     * from wherever their users say. Takes effect where the Kubernetes cluster has a network plugin that enforces policies. See
     * <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network Policies</a>.
     */
    NetworkPolicy cluster(Scope scope, String name) {
        return new NetworkPolicy(
                scope.name(),
                NetworkPolicyArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(Objects.select(scope, Optional.empty()))
                                .policyTypes("Ingress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .from(NetworkPolicyPeerArgs.builder()
                                                .podSelector(Objects.select(scope, Optional.empty()))
                                                .build())
                                        .build())
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }

    /** Opens the published ports of a node for everybody. */
    void publish(Scope plain, NodeSpec node) {
        var scope = plain.label(Labels.ROLE, node.role().label()).child("access");
        List<NetworkPolicyPortArgs> ports = published(node).stream()
                .map(port -> NetworkPolicyPortArgs.builder()
                        .protocol("TCP")
                        .port(port.port().number())
                        .build())
                .toList();
        new NetworkPolicy(
                scope.name(),
                NetworkPolicyArgs.builder()
                        .metadata(objects.meta(scope, Pods.setName(node) + "-access"))
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(Objects.select(
                                        scope, Optional.of(node.role().label())))
                                .policyTypes("Ingress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .ports(ports)
                                        .build())
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }

    /** A drained Kubernetes node gives up one worker at a time, so that each can hand its blocks to the others. */
    void disruption(Scope plain, NodeSpec node) {
        if (node.role() != Role.WORKER) {
            // A budget for a single pod would either forbid maintenance or allow what is allowed without it.
            return;
        }
        var scope = plain.label(Labels.ROLE, node.role().label()).child("disruption");
        new PodDisruptionBudget(
                scope.name(),
                PodDisruptionBudgetArgs.builder()
                        .metadata(objects.meta(scope, Pods.setName(node)))
                        .spec(PodDisruptionBudgetSpecArgs.builder()
                                .maxUnavailable(1)
                                .selector(Objects.select(
                                        scope, Optional.of(node.role().label())))
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }

    static List<NodePort> published(NodeSpec node) {
        return node.ports().stream()
                .filter(port -> port.published().isPresent())
                .toList();
    }
}
