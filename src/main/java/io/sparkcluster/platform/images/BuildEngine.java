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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Docker engine that builds images for platforms whose nodes do not run on it.
 *
 * @param docker the command line that asks the engine
 * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default engine
 */
public record BuildEngine(DockerCli docker, Map<String, String> environment) {

    /** Keeps its own copy. */
    public BuildEngine {
        environment = Map.copyOf(environment);
    }

    /** The engine at that address, or the default engine if there is none. */
    public static BuildEngine of(Optional<String> host) {
        return new BuildEngine(new DockerCli("docker", host), System.getenv());
    }

    /**
     * Finds what keeps the engine from building the plan's images. If the user supplies all images, no engine is needed and none is asked.
     *
     * @param wording how to say what the reader can do
     */
    public List<Problem> check(ClusterPlan plan, Wording wording) {
        if (plan.images().values().stream().noneMatch(ImageSpec::isBuilt)) {
            return List.of();
        }
        var inTheWay = new EngineCheck(EngineKind.DOCKER, docker, docker.host(), environment).problems(wording);
        if (!inTheWay.isEmpty()) {
            return inTheWay;
        }
        var problems = new ArrayList<>(new CustomImageCheck(docker, Optional.empty()).foundations(plan));
        problems.addAll(new ArchitectureCheck(docker, environment).problems(plan, image -> !image.runs()));
        return problems;
    }

    /** The architecture of the images that the engine builds; empty if it builds none or does not say so. */
    public Optional<String> architecture(ClusterPlan plan) {
        return plan.images().values().stream().noneMatch(ImageSpec::isBuilt)
                ? Optional.empty()
                : new ArchitectureCheck(docker, environment).images(plan);
    }

    /** Warnings about images that the user supplies and that their registry refuses to this machine. */
    public List<String> warnings(ClusterPlan plan) {
        return new CustomImageCheck(docker, Optional.empty()).refused(plan);
    }

    /**
     * A provider for the engine; empty for the default engine, which the default provider uses.
     *
     * @param name start of the provider's name
     * @param parent the component that the provider belongs to; empty for the stack
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
                // The name of the ready program's provider before 0.2.0.
                () -> options.aliases(Alias.builder().name("docker").build()));
        return new Provider(name + "-docker", args, options.build());
    }
}
