package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.VolumePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of the volumes and containers that a cluster makes on single machines, outside the Swarm's services.
 *
 * @param settings the machines
 * @param plan the cluster
 */
record SwarmNames(SwarmSettings settings, ClusterPlan plan) {

    /** The names of the cluster's volumes on a machine. */
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

    /** The name of a node's durable volume. */
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

    /** The names of the cluster's containers on a machine. Tasks are not among them, since the engine names those. */
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
