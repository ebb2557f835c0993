package io.sparkcluster.platform.swarm;

import com.pulumi.docker.Container;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.Provider;
import com.pulumi.docker.inputs.ContainerCapabilitiesArgs;
import com.pulumi.docker.inputs.ContainerLabelArgs;
import com.pulumi.docker.inputs.ContainerNetworksAdvancedArgs;
import com.pulumi.docker.inputs.ContainerPortArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.ResourceScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Publishes a node's ports on one address of the manager, with a container that forwards connections to the service. A service itself can publish
 * ports only on all addresses of a machine.
 */
final class PortForwarder {

    private static final int MEBIBYTES = 64;
    private static final int GRACE_SECONDS = 2;

    private PortForwarder() {}

    /** The name of the container that publishes a node's ports. */
    static String name(NodeSpec node) {
        return node.hostName() + "-gate";
    }

    static Container of(ResourceScope parent, NodeSpec node, NodeContext context, Resource service, Provider provider) {
        var scope = parent.child("gate").label(Labels.ROLE, "gate").after(List.of(service));
        var command = new ArrayList<>(List.of("-c", Scripts.file("forward.py")));
        node.publishedPorts().forEach(port -> command.add(port.port() + "=" + node.hostName() + ":" + port.port()));
        return new Container(
                scope.name(),
                ContainerArgs.builder()
                        .name(name(node))
                        .image(context.image().content())
                        .entrypoints("python3")
                        .command(command)
                        .networksAdvanced(ContainerNetworksAdvancedArgs.builder()
                                .name(context.network().name())
                                .build())
                        .ports(node.publishedPorts().stream()
                                .map(port -> ContainerPortArgs.builder()
                                        .internal(port.port().number())
                                        .external(port.published().orElseThrow().number())
                                        .ip(context.publishAddress())
                                        .build())
                                .toList())
                        .readOnly(true)
                        .capabilities(
                                ContainerCapabilitiesArgs.builder().drops("ALL").build())
                        .securityOpts("no-new-privileges:true")
                        .memory(MEBIBYTES)
                        .memorySwap(MEBIBYTES)
                        // As a node on Docker: after the engine was killed, unless-stopped starts nothing.
                        .restart("always")
                        .destroyGraceSeconds(GRACE_SECONDS)
                        .stopTimeout(GRACE_SECONDS)
                        .logDriver("json-file")
                        .logOpts(Map.of("max-size", "1m", "max-file", "2"))
                        .labels(scope.labels((label, text) -> ContainerLabelArgs.builder()
                                .label(label)
                                .value(text)
                                .build()))
                        .build(),
                scope.options().provider(provider).deleteBeforeReplace(true).build());
    }
}
