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
 * What clusters run on. A platform follows the life of a cluster: it validates the description ({@link #validate}), checks the environment
 * ({@link #preflight}), registers what the cluster needs besides its own parts ({@link #prepare}), and registers those parts. A method with a
 * {@link ResourceScope} registers Pulumi resources there and returns a handle to them. These methods do not wait, ask or decide: the plan has already decided
 * what is made.
 */
public interface Platform {

    /** How nodes are named on this platform. */
    Naming naming();

    /**
     * Checks whether this machine and the platform can carry a cluster whose description is valid. It changes nothing, except for the documented repairs of
     * what belongs to the owner.
     *
     * @param plan the cluster
     * @param context the owner, and how to report
     * @return the problems. Default: none
     */
    default List<Problem> preflight(ClusterPlan plan, PreflightContext context) {
        return List.of();
    }

    /** What will work, but less well than a user may expect. Called only if {@link #preflight} found no problem. Default: none. */
    default List<String> warnings(ClusterPlan plan) {
        return List.of();
    }

    /**
     * Registers what a cluster needs besides its own parts: providers, machines, a namespace. Default: nothing.
     *
     * @param name start of the names of its resources
     * @param plan the cluster
     * @param ownership the cluster's owner
     * @param parent the component that these resources belong to; empty for the stack
     * @return the platform on which the cluster is registered
     */
    default PreparedPlatform prepare(String name, ClusterPlan plan, Ownership ownership, Optional<Resource> parent) {
        return new PreparedPlatform(this, List.of());
    }

    /**
     * Records which workspace a cluster has, so that a later run notices when the workspace is gone. Default: records nothing.
     *
     * @param workspace the workspace's name, known when the workspace exists
     * @return the same name, known when the workspace is recorded
     */
    default Output<String> kept(Output<String> workspace, ClusterPlan plan, Ownership ownership) {
        return workspace;
    }

    /** Further outputs of the cluster that only this platform has, by name. Default: none. */
    default Map<String, String> outputs(ClusterPlan plan) {
        return Map.of();
    }

    /**
     * A warning that says who reaches the cluster's pages from other machines than the publishing one; empty if nobody does.
     *
     * @param wording how to say what the reader can do
     */
    default Optional<String> exposed(ClusterPlan plan, Wording wording) {
        return PublishedPages.warning(plan, wording);
    }

    /**
     * Builds an image.
     *
     * @param parent the image that it is built on; empty for the first image of the hierarchy
     */
    ImageHandle image(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent);

    /**
     * Takes an image that the user supplies.
     *
     * @param reference the reference by which the image is pulled
     */
    ImageHandle givenImage(ResourceScope scope, ImageSpec image, Output<String> reference);

    /**
     * Brings built images to the machines where nodes run them, all together since they share most of their content. Default: nodes run them where they were
     * built.
     *
     * @param plan the cluster whose images they are
     * @param images all its images
     * @return the images to use instead
     */
    default Map<ImageRole, ImageHandle> deliver(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> images) {
        return images;
    }

    /** A network of that name, in which nodes find each other by host name. */
    NetworkHandle network(ResourceScope scope, String name);

    /** A volume that is made for the cluster; {@link VolumePlan#retain} says whether {@code pulumi destroy} keeps it. */
    VolumeHandle volume(ResourceScope scope, VolumePlan volume);

    /** A volume that already exists; nothing is registered for it. */
    VolumeHandle existingVolume(String name);

    /**
     * Puts a secret where nodes read it as a file.
     *
     * @param name unique on the platform
     * @param carrier an image of the cluster, for platforms that need a container to carry the file
     */
    SecretHandle secret(ResourceScope scope, String name, SecretSpec secret, Output<String> value, ImageHandle carrier);

    /**
     * Starts the nodes of a group. All groups start at once, and nodes wait by themselves for those that they need. A node's handle is complete when the node
     * is ready. A platform that supports replicas registers one resource for the whole
     * group.
     *
     * @param group the group; {@link #validate} has refused an autoscaled group if the platform cannot scale it
     * @param nodes all its nodes, equal but for their names
     */
    List<NodeHandle> start(ResourceScope scope, NodeGroup group, List<NodeSpec> nodes, NodeContext context);

    /**
     * Runs the smoke test on the edge node.
     *
     * @param nodes the nodes that it tests; the test runs again when one of them is replaced
     * @return the test's standard output
     */
    Output<String> smokeTest(ResourceScope scope, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes);

    /**
     * What a description asks for and this platform cannot do. Default: nothing.
     *
     * @param draft the plan that follows from the description, which may have other problems too
     */
    default List<Problem> validate(ClusterPlan draft) {
        return List.of();
    }

    /** The command that a user runs to reach the published ports, if the user's machine cannot reach them directly. Default: none. */
    default Optional<Output<String>> tunnel(ClusterPlan plan) {
        return Optional.empty();
    }
}
