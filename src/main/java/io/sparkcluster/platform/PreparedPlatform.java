package io.sparkcluster.platform;

import com.pulumi.resources.ProviderResource;
import java.util.List;

/**
 * A platform that is ready for a cluster.
 *
 * @param platform the platform
 * @param providers the providers that the cluster's resources use; providers in a component's options take precedence
 */
public record PreparedPlatform(Platform platform, List<ProviderResource> providers) {

    /** Keeps its own copy. */
    public PreparedPlatform {
        providers = List.copyOf(providers);
    }
}
