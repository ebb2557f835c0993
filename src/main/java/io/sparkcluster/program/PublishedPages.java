package io.sparkcluster.program;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ListenPort;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Role;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a cluster shows to others than the people of the machine that it is published on. */
final class PublishedPages {

    private PublishedPages() {}

    /**
     * Says who reaches which page, if anybody else does; empty if all pages are published on a loopback address only.
     *
     * @param plan the cluster
     * @param onEveryNode whether pages are published on all addresses of all nodes of a Kubernetes cluster, whatever the publishing
     *     address is
     */
    static Optional<String> warning(ClusterPlan plan, boolean onEveryNode) {
        String address = plan.spec().security().publishAddress();
        if (onEveryNode) {
            return Optional.of(
                    "kubernetes.exposure: nodePort: whoever reaches a node of the Kubernetes cluster reaches "
                            + pages(plan) + "; kubernetes.exposure: portForward opens nothing");
        }
        if (address.startsWith("127.")) {
            return Optional.empty();
        }
        return Optional.of("security.publishAddress: " + address + ": whoever reaches " + place(address) + " reaches "
                + pages(plan) + "; pulumi config rm --path security.publishAddress publishes them on 127.0.0.1 only");
    }

    private static String place(String address) {
        return address.equals("0.0.0.0") ? "any address of the publishing machine" : "that address";
    }

    private static String pages(ClusterPlan plan) {
        return plan.nodes().stream()
                .flatMap(node -> node.ports().stream().flatMap(port -> page(node, port)))
                .collect(Collectors.joining(" and "));
    }

    private static Stream<String> page(NodeSpec node, ListenPort port) {
        return port.published().stream().map(published -> name(node, port) + " on port " + published);
    }

    private static String name(NodeSpec node, ListenPort port) {
        if (node.role() == Role.MASTER) {
            return "the master's page, which asks for no password,";
        }
        return port.name().equals("jupyterlab")
                ? "JupyterLab, which asks for its token,"
                : "the page of the running application, which asks for no password,";
    }
}
