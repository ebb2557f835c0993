package io.sparkcluster.platform;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.SmokeTestPlan;
import io.sparkcluster.plan.VolumePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that clusters run on, through the life of a cluster: {@link #validate} its description, look at what is there ({@link #preflight}), {@link #prepare} what it
 * needs besides itself, and register its parts. A method with a scope registers Pulumi resources there and returns a handle to them; none of these waits, asks or
 * decides: what is to be made was decided in the plan.
 */
public interface Platform {

    /** How nodes are called here. */
    Naming naming();

    /**
     * What of this machine or of the platform stands in the way of a cluster that is valid by itself. Asks, and mends what is the owner's own where that is documented.
     *
     * @param plan the cluster
     * @param context for whom it looks
     */
    default List<Problem> preflight(ClusterPlan plan, PreflightContext context) {
        return List.of();
    }

    /** What works, but less well than somebody may expect; asked when nothing stands in the way. */
    default List<String> warnings(ClusterPlan plan) {
        return List.of();
    }

    /**
     * Registers what a cluster needs besides itself: providers, machines, a namespace.
     *
     * @param name start of the names of its resources
     * @param plan the cluster
     * @param ownership whose it is
     * @param parent to which they belong. Default: the stack
     * @return the platform on which the cluster is registered
     */
    default PreparedPlatform prepare(String name, ClusterPlan plan, Ownership ownership, Optional<Resource> parent) {
        return new PreparedPlatform(this, List.of());
    }

    /**
     * Keeps in mind which workspace a cluster has, so that a later run can tell when it is gone.
     *
     * @param workspace its name, known when it exists
     * @return the same name, known when that is done
     */
    default Output<String> kept(Output<String> workspace, ClusterPlan plan, Ownership ownership) {
        return workspace;
    }

    /** What else people and programs need to know of the platform, by the names of outputs. */
    default Map<String, String> outputs(ClusterPlan plan) {
        return Map.of();
    }

    /**
     * Who reaches the cluster's pages besides the people of the machine that they are published on, if anybody does.
     *
     * @param wording how to say what the reader can do
     */
    default Optional<String> exposed(ClusterPlan plan, Wording wording) {
        return PublishedPages.warning(plan, wording);
    }

    /** Builds an image on its parent. */
    ImageHandle image(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent);

    /**
     * Takes an image from where the user has it.
     *
     * @param reference the name that the engine pulls it with
     */
    ImageHandle givenImage(ResourceScope scope, ImageSpec image, Output<String> reference);

    /**
     * Brings built images to where nodes run them, all in one go since they share most of their content. By default they are where they were built.
     *
     * @param plan the cluster whose images they are
     * @param images all of them
     * @return what nodes and others are to use instead
     */
    default Map<ImageRole, ImageHandle> deliver(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> images) {
        return images;
    }

    /** A network of that name, in which nodes find each other by host name. */
    NetworkHandle network(ResourceScope scope, String name);

    /** A volume that is made here, and kept or removed with its scope. */
    VolumeHandle volume(ResourceScope scope, VolumePlan volume);

    /** A volume that is there already; nothing is registered for it. */
    VolumeHandle existingVolume(String name);

    /**
     * Puts a secret where nodes read it as a file.
     *
     * @param name unique on the platform
     * @param carrier an image of the cluster, for platforms that need a process to carry the file
     */
    SecretHandle secret(ResourceScope scope, String name, SecretSpec secret, Output<String> value, ImageHandle carrier);

    /**
     * Whether all nodes are started at once, and those that need others wait for them by themselves. Otherwise the nodes of a group are started when those of the groups
     * are ready that it starts after.
     */
    default boolean startsTogether() {
        return false;
    }

    /**
     * Starts the nodes of a group, each of which is complete when it is ready. A platform that knows of equal nodes makes them one resource.
     *
     * @param group the group; a platform that cannot change the number of its nodes with their load refused that before
     * @param nodes all its nodes, equal but for their names
     */
    List<NodeHandle> start(ResourceScope scope, NodeGroup group, List<NodeSpec> nodes, NodeContext context);

    /**
     * Runs the smoke test on the edge node.
     *
     * @param nodes the nodes that it tests; it runs again when one of them was replaced
     * @return what it printed
     */
    Output<String> smokeTest(ResourceScope scope, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes);

    /**
     * What of a description this platform cannot do.
     *
     * @param draft what follows from the description, which may have problems of its own
     */
    default List<Problem> validate(ClusterPlan draft) {
        return List.of();
    }

    /** The command that a user runs to reach the published ports, where they are not simply there. */
    default Optional<Output<String>> tunnel(ClusterPlan plan) {
        return Optional.empty();
    }
}
