package io.sparkcluster.platform;

import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which of a cluster's pages can be reached from other machines than the publishing one. */
public final class PublishedPages {

    private static final String FIELD = "security.publishAddress";

    private PublishedPages() {}

    /** A warning that says who reaches which page; empty if all pages are published on a loopback address only. */
    static Optional<String> warning(ClusterPlan plan, Wording wording) {
        String address = plan.spec().security().publishAddress();
        if (address.startsWith("127.")) {
            return Optional.empty();
        }
        return Optional.of(FIELD + ": " + address + ": whoever reaches " + place(address) + " reaches " + list(plan)
                + "; " + wording.unsetting(FIELD) + " publishes them on 127.0.0.1 only");
    }

    private static String place(String address) {
        return address.equals("0.0.0.0") ? "any address of the publishing machine" : "that address";
    }

    /** Every page with the credential that it asks for and its port, in one line. */
    public static String list(ClusterPlan plan) {
        return plan.endpoints().stream()
                .map(endpoint ->
                        endpoint.page() + ", which asks for " + endpoint.asksFor() + ", on port " + endpoint.port())
                .collect(Collectors.joining(" and "));
    }
}
