package io.sparkcluster.platform.swarm;

import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Role;
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
            if (!node.traits().replicated() && settings.machinesFor(node.role()).contains(machine)) {
                node.durableVolumes().forEach(own -> names.add(volume(node, own)));
            }
        }
        if (hasWorkspace(machine)) {
            names.add(plan.workspace().name());
        }
        return names;
    }

    static String volume(NodeSpec node, Mount.Own own) {
        return node.hostName() + "-" + own.purpose();
    }

    private boolean hasWorkspace(Machine machine) {
        boolean edge = settings.machinesFor(Role.EDGE).contains(machine);
        return settings.workspace()
                .fold(
                        nfs -> edge || settings.machinesFor(Role.WORKER).contains(machine),
                        hostPath -> false,
                        edgeOnly -> edge);
    }

    /** The containers of a machine: tasks have names of the engine's own. */
    List<String> containers(Machine machine) {
        if (!machine.equals(settings.managing())) {
            return List.of();
        }
        return plan.nodes().stream()
                .filter(node -> !PortForwarder.published(node).isEmpty())
                .map(PortForwarder::name)
                .toList();
    }
}
