package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ClusterValidator;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Warning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Works out a whole plan, or all the reasons why there is none. */
final class Planner {

    private Planner() {}

    static ClusterPlan plan(ClusterSpec spec, Naming naming) {
        var problems = problems(spec);
        if (!problems.isEmpty()) {
            throw new InvalidClusterException("cluster \"" + spec.name() + '"', problems);
        }
        var release = CompatibilityMatrix.release(spec.versions().spark()).orElseThrow();
        var sizing = Sizing.of(spec);
        var nodes = new NodePlanner(spec, release, sizing, naming);
        boolean standalone = spec.clusterManager() == ClusterManager.STANDALONE;
        String publish = publishedHost(spec.security().publishAddress());
        return new ClusterPlan(
                spec,
                release,
                sizing,
                ImagePlanner.plan(spec, release),
                spec.name(),
                new VolumePlan(
                        spec.workspaceName(),
                        Paths.WORKSPACE,
                        spec.workspace().existing().isPresent(),
                        spec.workspace().retain()),
                secrets(spec),
                standalone ? Optional.of(nodes.master()) : Optional.empty(),
                IntStream.rangeClosed(1, standalone ? spec.workers().count() : 0)
                        .mapToObj(nodes::worker)
                        .toList(),
                nodes.edge(),
                spec.smokeTest() ? Optional.of(SmokeTestPlanner.plan(spec, release)) : Optional.empty(),
                nodes.masterUrl(),
                "http://" + publish + ":" + spec.master().uiPort(),
                "http://" + publish + ":" + spec.edge().port());
    }

    static List<Problem> problems(ClusterSpec spec) {
        var problems = new ArrayList<Problem>(ClusterValidator.validate(spec));
        problems.addAll(CompatibilityMatrix.check(spec.versions()));
        // A field that is wrong by itself would be reported again as a size that does not fit.
        var fields = new LinkedHashSet<String>();
        problems.forEach(problem -> fields.add(problem.field()));
        Sizing.check(spec).stream()
                .filter(problem -> !fields.contains(problem.field()))
                .forEach(problems::add);
        problems.addAll(SparkConfValidator.problems(spec, release(spec)));
        return problems;
    }

    static List<Warning> warnings(ClusterSpec spec) {
        return SparkConfValidator.warnings(spec, release(spec));
    }

    /** Of an unknown release the rest is checked against the one that was most likely meant. */
    private static SparkRelease release(ClusterSpec spec) {
        String version = spec.versions().spark();
        return CompatibilityMatrix.release(version).orElseGet(() -> CompatibilityMatrix.nearest(version));
    }

    private static Set<SecretName> secrets(ClusterSpec spec) {
        return spec.security().authenticate() ? EnumSet.allOf(SecretName.class) : EnumSet.of(SecretName.JUPYTER_TOKEN);
    }

    private static String publishedHost(String address) {
        return address.equals("0.0.0.0") ? "localhost" : address;
    }
}
