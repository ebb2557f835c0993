package io.sparkcluster.platform;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;

/**
 * A node that was started.
 *
 * @param spec what it was started from
 * @param name its name on the platform
 * @param instance identifies the running instance; changes when the node is replaced
 * @param ready complete when the node is ready
 */
public record NodeHandle(NodeSpec spec, Output<String> name, Output<String> instance, Resource ready) {}
