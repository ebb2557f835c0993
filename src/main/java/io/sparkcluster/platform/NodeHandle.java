package io.sparkcluster.platform;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import java.util.Optional;

/**
 * A node that was started.
 *
 * @param spec what it was started from
 * @param name its name on the platform
 * @param instance identifies the running instance; changes when the node is replaced
 * @param ready complete when the node is ready
 * @param host the machine that the node was started on; empty on platforms of one machine and on platforms that may move the node
 */
public record NodeHandle(
        NodeSpec spec, Output<String> name, Output<String> instance, Resource ready, Optional<Output<String>> host) {

    /** A node on a platform of one machine, or on a platform that may move it. */
    public NodeHandle(NodeSpec spec, Output<String> name, Output<String> instance, Resource ready) {
        this(spec, name, instance, ready, Optional.empty());
    }
}
