package io.sparkcluster.program;

import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.docker.Provider;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.StackCli;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.DockerPreflight;
import io.sparkcluster.platform.docker.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Docker engine or Podman: the one of {@code docker.host}, or the default one.
 *
 * @param engine which of the two
 * @param host its address, if it is not the one that the docker provider finds by itself
 * @param environment the program's environment
 */
record DockerSetup(Engine engine, Optional<String> host, Map<String, String> environment) implements PlatformSetup {

    static DockerSetup of(Engine engine, Optional<String> configured, Map<String, String> environment) {
        return new DockerSetup(engine, configured.or(() -> engine.defaultHost(environment)), environment);
    }

    @Override
    public Platform platform() {
        return host.map(address -> DockerPlatform.at(engine, Output.of(address)))
                .orElseGet(DockerPlatform::local);
    }

    @Override
    public List<Problem> check(ClusterPlan plan, Ownership ownership, Consumer<String> progress) {
        var look = preflight();
        boolean changes = !Deployment.getInstance().isDryRun();
        if (changes) {
            look = look.pulling(progress);
        }
        var problems = look.check(plan, ownership);
        if (problems.isEmpty()) {
            problems = look.repair(plan, ownership, changes, progress);
            look.takeOver(plan, ownership, progress)
                    .filter(workspace -> !workspace.equals(ownership.tags().get(DockerPreflight.WORKSPACE)))
                    .ifPresent(workspace -> Ownership.pins().accept(DockerPreflight.WORKSPACE, workspace));
            look.lostWorkspace(plan, ownership).ifPresent(progress);
        }
        return problems;
    }

    @Override
    public Output<String> kept(Output<String> workspace, ClusterPlan plan, Ownership ownership) {
        if (plan.workspace().existing()
                || !plan.workspace().retain()
                || Deployment.getInstance().isDryRun()) {
            return workspace;
        }
        var look = preflight();
        var pins = Ownership.pins();
        return workspace.applyValue(name -> {
            String found = look.fingerprint(name);
            if (!found.equals(ownership.tags().get(DockerPreflight.WORKSPACE))) {
                pins.accept(DockerPreflight.WORKSPACE, found);
            }
            return name;
        });
    }

    private DockerPreflight preflight() {
        var look = new DockerPreflight(engine, host, environment);
        return Ownership.state().map(StackCli::identifiers).map(look::withState).orElse(look);
    }

    @Override
    public PreparedPlatform prepare(ClusterPlan plan, Ownership ownership) {
        var options = ComponentResourceOptions.builder();
        host.ifPresent(address -> options.providers(List.of(
                new Provider("docker", ProviderArgs.builder().host(address).build()))));
        return new PreparedPlatform(platform(), options.build());
    }

    @Override
    public List<String> warnings(ClusterPlan plan) {
        return new DockerPreflight(engine, host, environment).warnings(plan);
    }
}
