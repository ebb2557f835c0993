package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans what the smoke test must find: the number of workers or executors, and the versions. */
final class SmokeTestPlanner {

    /** A first session on a loaded machine with cold disks takes under a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private SmokeTestPlanner() {}

    static SmokeTestPlan plan(NodePlanner nodes, Foundation foundation) {
        ClusterSpec spec = nodes.spec();
        SparkRelease release = nodes.release();
        var command = new ArrayList<String>();
        command.add(ImageContract.SMOKE_TEST);
        command.addAll(List.of(
                ManagerRules.of(spec).smokeTestOption(),
                Integer.toString(spec.workers().total())));
        command.addAll(List.of("--timeout", Long.toString(LIMIT.toSeconds())));
        command.addAll(List.of("--expect", "spark=" + release.version()));
        command.addAll(List.of("--expect", "scala=" + release.scala()));
        command.addAll(List.of("--expect", "java=" + foundation.java()));
        command.addAll(List.of("--expect", "python=" + foundation.python()));
        command.addAll(HistoryPlanner.smokeTestOptions(nodes));
        return new SmokeTestPlan(List.copyOf(command), LIMIT);
    }
}
