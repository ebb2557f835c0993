package io.sparkcluster.platform;

import com.pulumi.core.Output;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretName;
import io.sparkcluster.plan.SmokeTestPlan;
import java.util.List;
import java.util.Optional;

/**
 * Something that clusters run on. Each method registers Pulumi resources in the scope it is given and returns a handle
 * to them; none of them waits, asks or decides: what is to be made was decided in the plan.
 */
public interface Platform {

    /** How nodes are called here. */
    Naming naming();

    /** Builds an image on its parent, or takes it from where the user has it. */
    ImageHandle image(Scope scope, ImageSpec image, Optional<ImageHandle> parent);

    /** A network of that name, in which nodes find each other by host name. */
    NetworkHandle network(Scope scope, String name);

    /** A volume that is made here, and kept or removed with its scope. */
    VolumeHandle volume(Scope scope, String name, boolean retain);

    /** A volume that is there already; nothing is registered for it. */
    VolumeHandle existingVolume(String name);

    /**
     * Puts a secret where nodes read it as a file.
     *
     * @param name unique on the platform
     * @param carrier an image of the cluster, for platforms that need a process to carry the file
     */
    SecretHandle secret(Scope scope, String name, SecretName secret, Output<String> value, ImageHandle carrier);

    /** Starts a node and completes when it is ready. */
    NodeHandle node(Scope scope, NodeSpec node, Surroundings surroundings);

    /**
     * Runs the smoke test on the edge node.
     *
     * @param nodes the nodes that it tests; it runs again when one of them was replaced
     * @return what it printed
     */
    Output<String> smokeTest(Scope scope, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes);
}
