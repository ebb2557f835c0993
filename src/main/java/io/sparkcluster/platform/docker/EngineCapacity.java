package io.sparkcluster.platform.docker;

import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSizes;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.images.DockerCli;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The CPUs and memory of an engine, and whether a cluster fits. Docker refuses a container with more CPUs than the machine has. It accepts one with more
 * memory, but the kernel then ends processes that use it.
 *
 * @param cpus CPUs of the machine that the engine runs on
 * @param memory memory of that machine
 */
record EngineCapacity(int cpus, MemorySize memory) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern ANSWER = Pattern.compile("(\\d{1,6}) (\\d{7,18})");
    private static final long BYTES_PER_MEBIBYTE = 1024 * 1024;

    /** Asks an engine; empty if it does not answer. */
    static Optional<EngineCapacity> of(DockerCli docker) {
        var info = docker.run(LIMIT, "info", "--format", "{{.NCPU}} {{.MemTotal}}");
        var answer = ANSWER.matcher(info.output().strip());
        return info.code() == 0 && answer.matches()
                ? Optional.of(new EngineCapacity(
                        Integer.parseInt(answer.group(1)),
                        MemorySize.mebibytes(Long.parseLong(answer.group(2)) / BYTES_PER_MEBIBYTE)))
                : Optional.empty();
    }

    /** A problem for each kind of node that alone is larger than the engine. */
    List<Problem> problems(ClusterPlan plan, Engine engine) {
        var problems = new LinkedHashMap<String, Problem>();
        for (NodeSpec node : plan.nodes()) {
            if (engine.refusesMoreCpus() && node.resources().cpus() > cpus) {
                String field = node.resources().cpusField();
                problems.putIfAbsent(
                        field,
                        new Problem(
                                field,
                                NodeSizes.number(node.resources().cpus()),
                                "the engine has " + cpus + " CPUs, and starts no container that may use more",
                                "Lower it to " + cpus + " or less, or give the engine more CPUs"));
            }
            if (node.resources().memory().compareTo(memory) > 0) {
                String field = node.resources().memoryField();
                problems.putIfAbsent(
                        field,
                        new Problem(
                                field,
                                node.resources().memory().toString(),
                                "the engine has " + memory + " of memory in all",
                                "Lower it, or give the engine more memory"));
            }
        }
        return List.copyOf(problems.values());
    }

    /** Warnings about nodes that are started although they may use more than the engine has. */
    List<String> warnings(ClusterPlan plan, Engine engine) {
        var warnings = new LinkedHashSet<String>();
        for (NodeSpec node : plan.nodes()) {
            if (!engine.refusesMoreCpus() && node.resources().cpus() > cpus) {
                warnings.add(node.resources().cpusField() + ": "
                        + NodeSizes.number(node.resources().cpus()) + " is more than the " + cpus
                        + " CPUs that the engine has; tasks wait for each other");
            }
        }
        var together = NodeSizes.memory(plan);
        if (together.compareTo(memory) > 0) {
            var largest = NodeSizes.largest(plan, size -> (double) size.memory().mebibytes());
            warnings.add("the nodes together may use " + together + " of memory (" + NodeSizes.memoryParts(plan)
                    + "), and the engine has " + memory
                    + ": when they do, the kernel ends processes of theirs. Lower "
                    + NodeSizes.countOr(largest, largest.resources().memoryField())
                    + ", or give the engine more memory");
        }
        return List.copyOf(warnings);
    }
}
