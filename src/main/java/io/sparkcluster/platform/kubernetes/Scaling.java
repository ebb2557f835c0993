package io.sparkcluster.platform.kubernetes;

import com.pulumi.kubernetes.autoscaling.v2.HorizontalPodAutoscaler;
import com.pulumi.kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.CrossVersionObjectReferenceArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.HPAScalingPolicyArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.HPAScalingRulesArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.HorizontalPodAutoscalerBehaviorArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.HorizontalPodAutoscalerSpecArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.MetricSpecArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.MetricTargetArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.ResourceMetricSourceArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.ResourceScope;
import java.util.List;

/**
 * Makes the number of workers follow their CPU load. A removed worker is decommissioned by its entry point, as on every other stop. Workers are
 * therefore removed one at a time, each after the grace period of the one before. See <a
 * href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/">Horizontal Pod Autoscaling</a>.
 */
final class Scaling {

    /** How long the load must stay low before a worker is removed: Spark's load pauses between stages. */
    private static final int CALM_SECONDS = 300;

    private final ObjectMetadata objects;

    Scaling(ObjectMetadata objects) {
        this.objects = objects;
    }

    void of(ResourceScope parent, List<NodeSpec> workers, Autoscale scaling, Resource set) {
        NodeSpec worker = workers.get(0);
        String name = worker.group().name();
        var scope = parent.of(worker).child("autoscale");
        int grace = Math.toIntExact(worker.stop().grace().toSeconds());
        new HorizontalPodAutoscaler(
                scope.name(),
                HorizontalPodAutoscalerArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .spec(HorizontalPodAutoscalerSpecArgs.builder()
                                .scaleTargetRef(CrossVersionObjectReferenceArgs.builder()
                                        .apiVersion("apps/v1")
                                        .kind("StatefulSet")
                                        .name(name)
                                        .build())
                                .minReplicas(workers.size())
                                .maxReplicas(scaling.max())
                                .metrics(MetricSpecArgs.builder()
                                        .type("Resource")
                                        .resource(ResourceMetricSourceArgs.builder()
                                                .name("cpu")
                                                .target(MetricTargetArgs.builder()
                                                        .type("Utilization")
                                                        .averageUtilization(scaling.cpuPercent())
                                                        .build())
                                                .build())
                                        .build())
                                .behavior(HorizontalPodAutoscalerBehaviorArgs.builder()
                                        .scaleDown(HPAScalingRulesArgs.builder()
                                                .stabilizationWindowSeconds(CALM_SECONDS)
                                                .policies(HPAScalingPolicyArgs.builder()
                                                        .type("Pods")
                                                        .value(1)
                                                        .periodSeconds(Math.min(grace, 1800))
                                                        .build())
                                                .build())
                                        .build())
                                .build())
                        .build(),
                scope.after(List.of(set)).options().deleteBeforeReplace(true).build());
    }
}
