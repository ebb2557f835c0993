package io.sparkcluster.platform.kubernetes;

import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.ResourceScope;
import java.util.List;

/** Limits who may connect to a cluster's pods. */
final class NetworkPolicies {

    private final ObjectMetadata objects;

    NetworkPolicies(ObjectMetadata objects) {
        this.objects = objects;
    }

    /**
     * Lets the pods of a cluster accept connections from each other only. Outgoing connections are not limited, since notebooks fetch data and
     * packages from anywhere. The policy takes effect only if the Kubernetes cluster has a network plugin that enforces policies. See <a
     * href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network Policies</a>.
     */
    NetworkPolicy cluster(ResourceScope scope, String name) {
        return new NetworkPolicy(
                scope.name(),
                NetworkPolicyArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(ObjectMetadata.select(ObjectMetadata.selector(scope)))
                                .policyTypes("Ingress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .from(NetworkPolicyPeerArgs.builder()
                                                .podSelector(ObjectMetadata.select(ObjectMetadata.selector(scope)))
                                                .build())
                                        .build())
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }

    /** Lets everybody connect to the published ports of a node. */
    void publish(ResourceScope parent, NodeSpec node) {
        var scope = parent.of(node).child("access");
        List<NetworkPolicyPortArgs> ports = node.publishedPorts().stream()
                .map(port -> NetworkPolicyPortArgs.builder()
                        .protocol("TCP")
                        .port(port.port().number())
                        .build())
                .toList();
        new NetworkPolicy(
                scope.name(),
                NetworkPolicyArgs.builder()
                        .metadata(objects.meta(scope, node.group().name() + "-access"))
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(ObjectMetadata.select(ObjectMetadata.selector(scope, node)))
                                .policyTypes("Ingress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .ports(ports)
                                        .build())
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }
}
