package io.sparkcluster.program;

import com.pulumi.deployment.Deployment;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import io.sparkcluster.platform.swarm.SwarmPreflight;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Machines that become one Docker Swarm; images are built on an engine besides.
 *
 * @param settings the machines
 * @param builder builds the images
 */
record SwarmSetup(SwarmSettings settings, BuildEngine builder) implements PlatformSetup {

    private static final String NAME = "spark-machines";

    @Override
    public Platform platform() {
        return SwarmPlatform.planned(settings);
    }

    @Override
    public List<Problem> check(ClusterPlan plan, Ownership ownership, Consumer<String> progress) {
        if (settings.machines().size() > 1 && !settings.workspace().isShared()) {
            progress.accept(
                    "swarm.workspace is not set: the workspace is a volume of the edge node's machine, and executors on the others do not"
                            + " see its files. Set swarm.workspace.hostPath or swarm.workspace.nfs to share it");
        }
        var problems = new ArrayList<>(builder.check(plan));
        var preflight = new SwarmPreflight(settings);
        var look = Ownership.state()
                .map(state -> preflight.withState(state::resources))
                .orElse(preflight);
        problems.addAll(look.check(plan, ownership));
        if (problems.isEmpty()) {
            look.takeOver(plan, ownership, !Deployment.getInstance().isDryRun(), progress);
        }
        return problems;
    }

    @Override
    public List<String> warnings(ClusterPlan plan) {
        return builder.warnings(plan);
    }

    @Override
    public Map<String, String> outputs(ClusterPlan plan) {
        return Map.of(
                "swarmManager",
                settings.manager(),
                "edgeMachine",
                settings.workspaceMachine(plan).name());
    }

    @Override
    public PreparedPlatform prepare(ClusterPlan plan, Ownership ownership) {
        var platform = SwarmPlatform.prepare(NAME, settings, plan.spec());
        return new PreparedPlatform(
                builder.host().map(platform::buildingOn).orElse(platform),
                ComponentResourceOptions.builder()
                        .providers(builder.providers())
                        .build());
    }
}
