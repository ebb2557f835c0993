package io.sparkcluster.plan;

import java.util.ArrayList;

/** Plans that no description leads to. */
public final class ClusterPlans {

    private ClusterPlans() {}

    /** The same plan with one more node. */
    public static ClusterPlan with(ClusterPlan plan, NodeSpec node) {
        var nodes = new ArrayList<>(plan.nodes());
        nodes.add(node);
        return new ClusterPlan(
                plan.spec(),
                plan.release(),
                plan.foundation(),
                plan.sizing(),
                plan.images(),
                plan.network(),
                plan.volumes(),
                nodes,
                plan.smokeTest(),
                plan.masterUrl());
    }
}
