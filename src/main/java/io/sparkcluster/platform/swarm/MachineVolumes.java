package io.sparkcluster.platform.swarm;

import com.pulumi.core.Output;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.VolumeHandle;
import io.sparkcluster.platform.ssh.RemoteScript;
import io.sparkcluster.platform.ssh.SshScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes volumes on single machines, by SSH: the docker provider reaches only the manager. */
final class MachineVolumes {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SwarmSettings settings;
    private final RemoteScript remote;

    MachineVolumes(SwarmSettings settings) {
        this.settings = settings;
        this.remote = Scripts.on(settings);
    }

    /** A volume that nodes share, as {@link SwarmSettings#workspace} says. With {@code hostPath}, every shared volume is the shared folder. */
    VolumeHandle shared(ResourceScope scope, ClusterPlan plan, VolumePlan volume) {
        Output<String> source = settings.workspace()
                .fold(
                        nfs -> everywhere(scope, plan, volume, mount(nfs)),
                        hostPath -> Output.of(hostPath.path()),
                        edgeOnly ->
                                on(scope, settings.workspaceMachine(plan), volume.name(), List.of(), volume.retain()));
        return new VolumeHandle(source);
    }

    /** A volume on each machine that may run a node with it. Removing it removes only the mount; the files stay on the server. */
    private Output<String> everywhere(ResourceScope scope, ClusterPlan plan, VolumePlan volume, List<String> options) {
        var machines = plan.nodes().stream()
                .filter(node -> node.mounts(volume))
                .flatMap(node -> settings.machinesFor(node.group()).stream())
                .distinct()
                .toList();
        var volumes = machines.stream()
                .map(machine -> on(scope.child(machine.name()), machine, volume.name(), options, false))
                .toList();
        return Output.all(volumes).applyValue(names -> volume.name());
    }

    /**
     * A volume on one machine.
     *
     * @param options options for {@code docker volume create}
     * @param retain whether the volume stays when its resource is deleted
     * @return the volume's name, known when the volume exists
     */
    Output<String> on(ResourceScope scope, Machine machine, String name, List<String> options, boolean retain) {
        var all = new ArrayList<>(options);
        scope.labels().forEach((label, value) -> all.addAll(List.of("--label", label + "=" + value)));
        var step = retain ? Scripts.once("volume", "create", LIMIT) : Scripts.step("volume", "create", "remove", LIMIT);
        var made = remote.run(
                scope.name(),
                machine.host(),
                step,
                Map.of("OPTIONS", SshScript.list(all), "VOLUME", ShellWord.of(name)),
                scope.options().deleteBeforeReplace(true).build());
        return made.stdout().applyValue(done -> name);
    }

    /** The options with which {@code docker volume create} mounts an NFS share. */
    static List<String> mount(SwarmWorkspace.Nfs nfs) {
        return List.of(
                "--driver",
                "local",
                "--opt",
                "type=nfs",
                "--opt",
                "o=addr=" + nfs.server() + "," + nfs.options(),
                "--opt",
                "device=:" + nfs.path());
    }
}
