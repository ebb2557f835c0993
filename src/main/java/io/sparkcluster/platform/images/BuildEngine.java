package io.sparkcluster.platform.images;

import com.pulumi.core.Alias;
import com.pulumi.docker.Provider;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Docker engine on which images for another platform are built.
 *
 * @param docker asks it
 * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default one
 */
public record BuildEngine(DockerCli docker, Map<String, String> environment) {

    /** The engine of that address, or the default one. */
    public static BuildEngine of(Optional<String> host) {
        return new BuildEngine(new DockerCli("docker", host), System.getenv());
    }

    /**
     * What keeps images from being built. Where every image is brought by the user, no engine is needed.
     *
     * @param wording how to say what the reader can do
     */
    public List<Problem> check(ClusterPlan plan, Wording wording) {
        if (plan.images().values().stream().noneMatch(ImageSpec::isBuilt)) {
            return List.of();
        }
        var inTheWay = new EngineCheck(EngineKind.DOCKER, docker, docker.host(), environment).problems(wording);
        return inTheWay.isEmpty() ? new CustomImageCheck(docker, Optional.empty()).foundations(plan) : inTheWay;
    }

    /** Images that the user brings and that nobody seems to have. */
    public List<String> warnings(ClusterPlan plan) {
        return new CustomImageCheck(docker, Optional.empty()).refused(plan);
    }

    /**
     * A provider for the engine; none for the default one.
     *
     * @param name start of its name
     * @param parent to which it belongs, if not to the stack
     */
    public List<ProviderResource> providers(String name, Optional<Resource> parent) {
        return docker.host()
                .<ProviderResource>map(address ->
                        provider(name, ProviderArgs.builder().host(address).build(), parent))
                .map(List::of)
                .orElse(List.of());
    }

    /** A provider for an engine. */
    public static Provider provider(String name, ProviderArgs args, Optional<Resource> parent) {
        var options = CustomResourceOptions.builder();
        parent.ifPresentOrElse(
                options::parent,
                // What the provider of the ready program was called before 0.2.0.
                () -> options.aliases(Alias.builder().name("docker").build()));
        return new Provider(name + "-docker", args, options.build());
    }
}
