package io.sparkcluster.program;

import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Platform;
import java.util.List;
import java.util.function.Consumer;

/** Where a stack's cluster goes: the platform, and what must be looked at and made before the cluster. */
interface Target {

    /** The platform for planning; nothing is registered yet. */
    Platform platform();

    /**
     * What of this machine or of the platform stands in the way.
     *
     * @param stack the {@code project/stack}
     * @param progress told of what takes long
     */
    List<Problem> check(ClusterPlan plan, String stack, Consumer<String> progress);

    /**
     * Registers what the cluster needs besides itself.
     *
     * @param stack the {@code project/stack}
     */
    Ready prepare(ClusterPlan plan, String stack);

    /** What works, but less well than somebody may expect; asked when nothing stands in the way. */
    default List<String> warnings(ClusterPlan plan) {
        return List.of();
    }

    /**
     * A platform that is ready for a cluster.
     *
     * @param platform the platform
     * @param options options for the cluster, with its providers
     */
    record Ready(Platform platform, ComponentResourceOptions options) {}
}
