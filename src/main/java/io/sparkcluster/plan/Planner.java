package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ClusterValidator;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Warning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Derives a whole plan, or all the reasons why there is none. */
final class Planner {

    private Planner() {}

    static ClusterPlan plan(ClusterSpec spec, Naming naming) {
        var problems = problems(spec);
        if (!problems.isEmpty()) {
            throw new InvalidClusterException("cluster \"" + spec.name() + '"', problems);
        }
        return draft(spec, naming);
    }

    /** A plan even of a description with problems; invalid values are replaced by close valid ones. */
    static ClusterPlan draft(ClusterSpec spec, Naming naming) {
        var release = release(spec);
        var sizing = Sizing.of(spec);
        var foundation = new FoundationRules(spec, release).foundation();
        var nodes = new NodePlanner(spec, release, sizing, naming);
        return new ClusterPlan(
                spec,
                release,
                foundation,
                sizing,
                ImagePlanner.plan(spec, release, foundation),
                spec.name(),
                volumes(spec),
                nodes.nodes(),
                spec.smokeTest() ? Optional.of(SmokeTestPlanner.plan(nodes, foundation)) : Optional.empty(),
                nodes.masterUrl());
    }

    private static List<VolumePlan> volumes(ClusterSpec spec) {
        var volumes = new ArrayList<VolumePlan>();
        volumes.add(VolumePlan.workspace(
                spec.workspaceName(),
                spec.workspace().isExisting(),
                spec.workspace().retain()));
        HistoryPlanner.volume(spec).ifPresent(volumes::add);
        return volumes;
    }

    static List<Problem> problems(ClusterSpec spec) {
        var problems = new ArrayList<Problem>(ClusterValidator.validate(spec));
        problems.addAll(ManagerRules.of(spec).problems(spec));
        problems.addAll(CompatibilityMatrix.check(spec.versions().spark()));
        problems.addAll(new FoundationRules(spec, release(spec)).check());
        if (!spec.python().isEmpty() && !ImagePlanner.builds(spec, ImageRole.SPARK_BASE)) {
            problems.add(
                    new Problem(
                            "python.requirements",
                            spec.python().requirementsFile().map(Path::toString).orElse("a list"),
                            "packages are built into spark-base, and this cluster builds no such image",
                            "Build the packages into the images that you supply, or have spark-base built by removing images.sparkBase or the images on it"));
        }
        // A field that is wrong by itself would be reported again as a size that does not fit.
        var fields = new LinkedHashSet<String>();
        problems.forEach(problem -> fields.add(problem.field()));
        Sizing.check(spec).stream()
                .filter(problem -> !fields.contains(problem.field()))
                .forEach(problems::add);
        problems.addAll(samePorts(spec));
        problems.addAll(SparkConfValidator.problems(spec, release(spec)));
        return problems;
    }

    /** Endpoints do not depend on the names of nodes, so any naming will do. */
    private static List<Problem> samePorts(ClusterSpec spec) {
        var fields = new LinkedHashMap<Port, String>();
        var problems = new ArrayList<Problem>();
        for (Endpoint page : draft(spec, Naming.flat()).endpoints()) {
            String other = fields.putIfAbsent(page.port(), page.field());
            if (other != null) {
                problems.add(new Problem(
                        page.field(),
                        page.port().toString(),
                        other + " is published on the same port",
                        "Give each its own port"));
            }
        }
        return problems;
    }

    static List<Warning> warnings(ClusterSpec spec) {
        return SparkConfValidator.warnings(spec, release(spec));
    }

    /** For an unknown release, the release that was most likely meant, so that the rest can be checked. */
    private static SparkRelease release(ClusterSpec spec) {
        String version = spec.versions().spark();
        return CompatibilityMatrix.release(version).orElseGet(() -> CompatibilityMatrix.nearest(version));
    }
}
