package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.VolumePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Names that a cluster gives to what it makes on single machines, beside the Swarm.
 *
 * @param settings the machines
 * @param plan the cluster
 */
record SwarmNames(SwarmSettings settings, ClusterPlan plan) {

    /** The volumes of a machine. */
    List<String> volumes(Machine machine) {
        var names = new ArrayList<String>();
        for (NodeSpec node : plan.nodes()) {
            if (!node.traits().replicated()
                    && settings.machinesFor(node.group()).contains(machine)) {
                node.durableVolumes().forEach(own -> names.add(volume(node, own)));
            }
        }
        plan.volumes().stream()
                .filter(volume -> isOn(machine, volume))
                .map(VolumePlan::name)
                .forEach(names::add);
        return names;
    }

    static String volume(NodeSpec node, Mount.Own own) {
        return node.hostName() + "-" + own.purpose();
    }

    private boolean isOn(Machine machine, VolumePlan volume) {
        return settings.workspace()
                .fold(
                        nfs -> plan.nodes().stream()
                                .filter(node -> node.mounts(volume))
                                .anyMatch(node ->
                                        settings.machinesFor(node.group()).contains(machine)),
                        hostPath -> false,
                        edgeOnly -> settings.workspaceMachine(plan).equals(machine));
    }

    /** The containers of a machine: tasks have names of the engine's own. */
    List<String> containers(Machine machine) {
        if (!machine.equals(settings.managing())) {
            return List.of();
        }
        return plan.nodes().stream()
                .filter(node -> !node.publishedPorts().isEmpty())
                .map(PortForwarder::name)
                .toList();
    }
}
