package io.sparkcluster;

import io.sparkcluster.plan.ClusterPlan;
import java.util.Optional;
import java.util.stream.Collectors;

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
        return plan.endpoints().stream()
                .map(endpoint ->
                        endpoint.page() + ", which asks for " + endpoint.asksFor() + ", on port " + endpoint.port())
                .collect(Collectors.joining(" and "));
    }
}
