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
 * @param host the machine that it was started on, on platforms of several
 */
public record NodeHandle(
        NodeSpec spec, Output<String> name, Output<String> instance, Resource ready, Optional<Output<String>> host) {

    /** A node on the one machine that there is, or on one that its platform chooses and changes. */
    public NodeHandle(NodeSpec spec, Output<String> name, Output<String> instance, Resource ready) {
        this(spec, name, instance, ready, Optional.empty());
    }
}
