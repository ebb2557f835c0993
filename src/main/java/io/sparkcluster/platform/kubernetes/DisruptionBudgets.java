package io.sparkcluster.platform.kubernetes;

import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.ResourceScope;

/** How many of a cluster's pods a maintenance may take away at a time. */
final class DisruptionBudgets {

    private final ObjectMetadata objects;

    DisruptionBudgets(ObjectMetadata objects) {
        this.objects = objects;
    }

    /** A drained Kubernetes node gives up one worker at a time, so that each can hand its blocks to the others. */
    void disruption(ResourceScope parent, NodeSpec node) {
        if (!node.traits().replicated()) {
            // A budget for a single pod would either forbid maintenance or allow what is allowed without it.
            return;
        }
        var scope = parent.of(node).child("disruption");
        new PodDisruptionBudget(
                scope.name(),
                PodDisruptionBudgetArgs.builder()
                        .metadata(objects.meta(scope, node.group().name()))
                        .spec(PodDisruptionBudgetSpecArgs.builder()
                                .maxUnavailable(1)
                                .selector(ObjectMetadata.select(ObjectMetadata.selector(scope, node)))
                                .build())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
    }
}
