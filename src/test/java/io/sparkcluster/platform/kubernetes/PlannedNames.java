package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.plan.ClusterPlan;
import java.util.List;

/** What the preflight looks for, for tests of other packages. */
public final class PlannedNames {

    private PlannedNames() {}

    /** Kinds and names, as {@code Service spark-dev-edge}. */
    public static List<String> of(ClusterPlan plan, KubernetesSettings settings) {
        return PlannedObject.of(plan, settings).stream()
                .map(object -> object.kind() + " " + object.name())
                .toList();
    }
}
