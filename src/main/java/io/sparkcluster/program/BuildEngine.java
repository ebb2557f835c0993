package io.sparkcluster.program;

import com.pulumi.docker.Provider;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.resources.ProviderResource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.platform.docker.DockerPreflight;
import io.sparkcluster.platform.docker.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Docker engine on which images for another platform are built: the one of {@code docker.host}, or the default one.
 *
 * @param host its address, if it is not the default one
 * @param environment the program's environment
 */
record BuildEngine(Optional<String> host, Map<String, String> environment) {

    /** What keeps images from being built. Where every image is brought by the user, no engine is needed. */
    List<Problem> check(ClusterPlan plan) {
        boolean builds = plan.images().values().stream().anyMatch(ImageSpec::isBuilt);
        return builds ? new DockerPreflight(Engine.docker(), host, environment).checkBuilder(plan) : List.of();
    }

    /** Images that the user brings and that nobody seems to have. */
    List<String> warnings(ClusterPlan plan) {
        return new DockerPreflight(Engine.docker(), host, environment).warningsOfBuilder(plan);
    }

    /** A provider for the engine; none for the default one. */
    List<ProviderResource> providers() {
        return host.<ProviderResource>map(address -> new Provider(
                        "docker", ProviderArgs.builder().host(address).build()))
                .map(List::of)
                .orElse(List.of());
    }
}
