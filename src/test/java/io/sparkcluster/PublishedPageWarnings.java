package io.sparkcluster;

import io.sparkcluster.plan.ClusterPlan;
import java.util.Optional;

/** What is said of pages that others reach, for tests outside of this package. */
public final class PublishedPageWarnings {

    private PublishedPageWarnings() {}

    /** The warning for a platform that publishes on one address. */
    public static Optional<String> of(ClusterPlan plan) {
        return PublishedPages.warning(plan, false);
    }
}
