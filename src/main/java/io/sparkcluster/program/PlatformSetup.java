package io.sparkcluster.program;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where a stack's cluster goes: the platform, and what must be looked at and made before the cluster. */
interface PlatformSetup {

    /** The platform for planning; nothing is registered yet. */
    Platform platform();

    /**
     * What of this machine or of the platform stands in the way.
     *
     * @param ownership whose the cluster is
     * @param progress told of what takes long
     */
    List<Problem> check(ClusterPlan plan, Ownership ownership, Consumer<String> progress);

    /**
     * Registers what the cluster needs besides itself.
     *
     * @param ownership whose the cluster is
     */
    PreparedPlatform prepare(ClusterPlan plan, Ownership ownership);

    /**
     * Keeps in mind which workspace the stack has, so that a later run can tell when it is gone.
     *
     * @param workspace its name, known when it exists
     * @return the same name, known when that is done
     */
    default Output<String> kept(Output<String> workspace, ClusterPlan plan, Ownership ownership) {
        return workspace;
    }

    /** What works, but less well than somebody may expect; asked when nothing stands in the way. */
    default List<String> warnings(ClusterPlan plan) {
        return List.of();
    }

    /** Whether pages are published on all addresses of all nodes of a Kubernetes cluster, whatever the publishing address is. */
    default boolean publishesOnEveryNode() {
        return false;
    }

    /** What else a stack's user and its make verbs need to know of the platform, by the names of outputs. */
    default Map<String, String> outputs(ClusterPlan plan) {
        return Map.of();
    }

    /**
     * A platform that is ready for a cluster.
     *
     * @param platform the platform
     * @param options options for the cluster, with its providers
     */
    record PreparedPlatform(Platform platform, ComponentResourceOptions options) {}
}
