package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.TestOwners;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The checks of a Swarm's machines with machines that only pretend, for tests outside of this package.
 *
 * @param answers by the machine's name facts as {@code probe.sh} prints them, on top of those of a good machine, or after a {@code !} what {@code ssh} says; by
 *     {@code ports NAME} what {@code ports.sh} prints there
 * @param wording the words that it uses
 */
public record CannedMachines(Map<String, String> answers, Wording wording) {

    private static final String GOOD = """
            sudo=yes
            key=key-of-%s
            clock=1000
            cpus=4
            memory=32000
            docker=24.0.7
            swarm=inactive
            managers=
            images=0
            disk=50000
            addresses=%s
            mtu=1500
            noted=no
            folder=writable
            """;

    /** What stands in the way of a cluster. */
    public List<Problem> check(SwarmSettings settings, ClusterPlan plan) {
        var preflight = new SwarmPreflight(settings, this::run, () -> SwarmState.NOTHING).withWording(wording);
        var problems = new ArrayList<>(preflight.check(plan, TestOwners.MINE));
        problems.addAll(preflight.architectures("amd64"));
        return problems;
    }

    private Processes.Result run(Machine machine, String verb, String script) {
        if (script.contains("TARGETS")) {
            return new Processes.Result(0, answers.getOrDefault("ports " + machine.name(), ""), "");
        }
        String own = answers.getOrDefault(machine.name(), "");
        return own.startsWith("!")
                ? new Processes.Result(255, "", own.substring(1))
                : new Processes.Result(0, GOOD.formatted(machine.name(), machine.swarmAddress()) + own, "");
    }
}
