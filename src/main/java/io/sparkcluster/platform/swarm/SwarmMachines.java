package io.sparkcluster.platform.swarm;

import com.pulumi.command.remote.Command;
import com.pulumi.core.Output;
import com.pulumi.docker.Provider;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.ssh.RemoteScript;
import io.sparkcluster.platform.ssh.SshScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns machines into one Swarm. Each machine gets Docker; then the manager starts the Swarm, and the others join it in parallel. Each machine has
 * its own steps, so that adding or removing a machine changes no other.
 */
final class SwarmMachines {

    /** Time for an installation over a slow line, after another installation that holds the package manager's lock. */
    private static final Duration INSTALL = Duration.ofMinutes(15);

    private static final Duration JOIN = Duration.ofMinutes(3);

    /** Before a machine leaves, its tasks are stopped; a worker may take as long as its longest Spark task. */
    private static final Duration LEAVE = Duration.ofMinutes(10);

    private final String name;
    private final SwarmSettings settings;
    private final ClusterPlan plan;
    private final Optional<Resource> parent;
    private final RemoteScript remote;

    private SwarmMachines(String name, SwarmSettings settings, ClusterPlan plan, Optional<Resource> parent) {
        this.name = name;
        this.settings = settings;
        this.plan = plan;
        this.parent = parent;
        this.remote = Scripts.on(settings);
    }

    /**
     * Registers the steps, and a provider that is complete when the Swarm is.
     *
     * @param name start of the resources' names
     * @param parent the parent of the resources. Default: the stack
     * @return the provider for the manager's engine
     */
    static Provider register(String name, SwarmSettings settings, ClusterPlan plan, Optional<Resource> parent) {
        settings.hosts().writeConfig();
        return new SwarmMachines(name, settings, plan, parent).register();
    }

    private CustomResourceOptions.Builder options() {
        var options = CustomResourceOptions.builder();
        parent.ifPresent(options::parent);
        return options;
    }

    private Provider register() {
        Machine manager = settings.managing();
        var docker = docker(manager);
        var init = remote.run(
                name + "-" + manager.name() + "-swarm",
                manager.host(),
                Scripts.step("swarm", "init", "leave", JOIN),
                Map.of("ADDRESS", ShellWord.of(manager.swarmAddress())),
                options()
                        .dependsOn(docker)
                        .deleteBeforeReplace(true)
                        .additionalSecretOutputs(List.of("stdout"))
                        .build());
        var ready = new ArrayList<Resource>();
        ready.add(admit(manager, Output.of("self"), Scripts.once("node", "admit", LEAVE), List.of(init)));
        for (Machine machine : settings.machines().values()) {
            if (!machine.equals(manager)) {
                ready.add(join(machine, init));
            }
        }
        return new Provider(
                name + "-manager",
                ProviderArgs.builder()
                        .host("ssh://" + manager.name())
                        // All options, not a file with them: destroy and refresh run no program that would write it.
                        .sshOpts(settings.hosts().options(manager.host()))
                        .build(),
                options().dependsOn(ready).build());
    }

    private Command docker(Machine machine) {
        return remote.run(
                name + "-" + machine.name() + "-docker",
                machine.host(),
                Scripts.step("machine", "prepare", "restore", INSTALL),
                Map.of("ADMINISTRATOR", ShellWord.of(machine.login().user())),
                options().deleteBeforeReplace(true).build());
    }

    private Command join(Machine machine, Command init) {
        var docker = docker(machine);
        var joined = remote.run(
                name + "-" + machine.name() + "-swarm",
                machine.host(),
                Scripts.step("swarm", "join", "leave", JOIN),
                init.stdout()
                        .asSecret()
                        .applyValue(token -> Map.of(
                                "ADDRESS", ShellWord.of(machine.swarmAddress()),
                                "MANAGER", ShellWord.of(settings.managing().swarmAddress()),
                                "TOKEN", ShellWord.of(token))),
                List.of(),
                options().dependsOn(docker, init).deleteBeforeReplace(true).build());
        return admit(machine, joined.stdout(), Scripts.step("node", "admit", "dismiss", LEAVE), List.of(joined, init));
    }

    private Command admit(Machine machine, Output<String> node, RemoteScript.Step step, List<Resource> after) {
        return remote.run(
                name + "-" + machine.name() + "-node",
                settings.managing().host(),
                step,
                node.applyValue(id -> Map.of(
                        "LABELS", SshScript.list(labels(machine)),
                        "MACHINE", ShellWord.of(machine.name()),
                        "NODE", ShellWord.of(id.strip()),
                        "LIMIT", Long.toString(LEAVE.minusMinutes(2).toSeconds()))),
                List.of(),
                options().dependsOn(after).deleteBeforeReplace(true).build());
    }

    private List<String> labels(Machine machine) {
        var labels = new TreeMap<>(machine.labels());
        labels.put(NodeService.MACHINE_LABEL, machine.name());
        plan.groups().stream()
                .filter(group -> settings.machinesFor(group).contains(machine))
                .forEach(group -> labels.put(NodeService.placementLabel(group), "yes"));
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
    }
}
