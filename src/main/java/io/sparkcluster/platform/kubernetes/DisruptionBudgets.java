package io.sparkcluster.platform.kubernetes;

import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.ResourceScope;

/**
 * Limits how many pods of a group a node drain may evict at a time. See <a
 * href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-budgets">Pod disruption budgets</a>.
 */
final class DisruptionBudgets {

    private final ObjectMetadata objects;

    DisruptionBudgets(ObjectMetadata objects) {
        this.objects = objects;
    }

    /** Lets a drain evict one worker at a time, so that each worker can hand its blocks to the others. */
    void disruption(ResourceScope parent, NodeSpec node) {
        if (!node.traits().replicated()) {
            // For a single pod, a budget would either block every drain or change nothing.
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
