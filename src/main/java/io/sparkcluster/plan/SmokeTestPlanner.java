package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans what the smoke test must find: the number of workers or executors, and the versions. */
final class SmokeTestPlanner {

    /** A first session on a loaded machine with cold disks takes under a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private SmokeTestPlanner() {}

    static SmokeTestPlan plan(NodePlanner nodes) {
        ClusterSpec spec = nodes.spec();
        SparkRelease release = nodes.release();
        Versions versions = spec.versions();
        var command = new ArrayList<String>();
        command.add(ImageContract.SMOKE_TEST);
        command.addAll(List.of(
                ManagerRules.of(spec).smokeTestOption(),
                Integer.toString(spec.workers().total())));
        command.addAll(List.of("--timeout", Long.toString(LIMIT.toSeconds())));
        command.addAll(List.of("--expect", "spark=" + release.version()));
        command.addAll(List.of("--expect", "scala=" + release.scala()));
        command.addAll(List.of("--expect", "java=" + versions.java()));
        command.addAll(List.of("--expect", "python=" + versions.python()));
        command.addAll(HistoryPlanner.smokeTestOptions(nodes));
        return new SmokeTestPlan(List.copyOf(command), LIMIT);
    }
}
