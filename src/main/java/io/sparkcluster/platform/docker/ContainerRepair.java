package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Owner;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.images.DockerCli;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings back nodes that somebody paused or disconnected from their network by hand. The provider notices neither when it refreshes a container. It does notice
 * containers that were removed or stopped, and Pulumi makes those anew.
 *
 * @param docker the command line
 * @param plan the cluster
 * @param owner only this owner's containers are changed
 */
record ContainerRepair(DockerCli docker, ClusterPlan plan, Owner owner) {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long BETWEEN_LOOKS_MILLISECONDS = 500;

    /** A node that needs repair, and the commands that repair it, in their order. */
    private record Fault(NodeSpec node, String state, List<List<String>> remedy) {

        /** Keeps its own copy. */
        private Fault {
            remedy = List.copyOf(remedy);
        }

        /** Runs the commands up to the first that fails, and returns the last result. */
        Processes.Result mend(DockerCli docker) {
            Processes.Result done = null;
            for (List<String> command : remedy) {
                done = docker.run(LIMIT, command.toArray(String[]::new));
                if (done.code() != 0) {
                    break;
                }
            }
            return Objects.requireNonNull(done);
        }
    }

    /** What the engine says about a container. */
    private record Seen(String state, List<String> networks) {

        /** Keeps its own copy. */
        private Seen {
            networks = List.copyOf(networks);
        }
    }

    /** Reports the nodes that need repair, and changes nothing. */
    void announce(Consumer<String> progress) {
        faults().forEach(fault ->
                progress.accept(fault.node().hostName() + " " + fault.state() + ": up brings it back"));
    }

    /** Repairs the nodes that need it, and waits until they are ready again. */
    List<Problem> repair(Consumer<String> progress) {
        var problems = new ArrayList<Problem>();
        for (Fault fault : faults()) {
            String name = fault.node().hostName();
            progress.accept(name + " " + fault.state() + ": bringing it back");
            var done = fault.mend(docker);
            if (done.code() != 0) {
                problems.add(new Problem(
                        "docker",
                        name,
                        "it " + fault.state() + ", and docker could not bring it back (" + done.reason() + ")",
                        "Remove the container, and up makes it anew: docker rm --force " + name));
            } else if (canBecomeHealthy(fault.node()) && !becomesHealthy(fault.node())) {
                problems.add(new Problem(
                        "docker",
                        name,
                        "it " + fault.state() + ", was brought back, and is not ready within "
                                + fault.node().health().startTimeout().toSeconds() + " s",
                        "Look at what it says (docker logs " + name + "), or remove it, and up makes it anew: docker rm"
                                + " --force " + name));
            }
        }
        return problems;
    }

    /** In the order of the plan, the master first: the others need it. */
    private List<Fault> faults() {
        var listed = listed();
        return plan.nodes().stream()
                .flatMap(node -> Optional.ofNullable(listed.get(node.hostName()))
                        .flatMap(seen -> fault(node, seen.state(), seen.networks()))
                        .stream())
                .toList();
    }

    /** The owner's containers by name. */
    private Map<String, Seen> listed() {
        var listed = docker.run(
                LIMIT,
                "ps",
                "--all",
                "--filter",
                "label=" + Labels.OWNER + "=" + owner.id(),
                "--format",
                "{{.Names}}\t{{.State}}\t{{.Networks}}");
        return listed.output()
                .lines()
                .map(line -> line.split("\t", -1))
                .filter(values -> values.length == 3)
                .collect(Collectors.toMap(
                        values -> values[0], values -> new Seen(values[1], List.of(values[2].split(",", -1)))));
    }

    private Optional<Fault> fault(NodeSpec node, String state, List<String> networks) {
        String name = node.hostName();
        if (state.equals("paused")) {
            return Optional.of(new Fault(node, "was paused by hand", List.of(List.of("unpause", name))));
        }
        return state.equals("running") && !networks.contains(plan.network()) && networkExists()
                ? Optional.of(
                        new Fault(node, "was taken off the network " + plan.network() + " by hand", reconnected(node)))
                : Optional.empty();
    }

    /**
     * A reconnected node has another address. A worker does not notice this for minutes: it waits for answers at the old address, and reports itself healthy
     * although the master has given it up. So it is restarted; its executors are lost either way. The edge node is not restarted, so that its notebooks keep
     * what they have in memory.
     */
    private List<List<String>> reconnected(NodeSpec node) {
        String name = node.hostName();
        var connect = List.of("network", "connect", "--alias", name, plan.network(), name);
        return node.traits().registers() ? List.of(connect, List.of("restart", name)) : List.of(connect);
    }

    /** A missing network is made anew by the update, and its nodes with it. */
    private boolean networkExists() {
        return docker.run(LIMIT, "network", "inspect", plan.network()).code() == 0;
    }

    /**
     * A worker is ready only when it is registered with the master. A master that was stopped or removed comes back later in the same update, so waiting for
     * its workers now would be in vain.
     */
    private boolean canBecomeHealthy(NodeSpec node) {
        return !node.traits().registers()
                || plan.nodes().stream()
                        .filter(other ->
                                node.group().waitsFor().contains(other.group().id()))
                        .map(NodeSpec::hostName)
                        .allMatch(this::runs);
    }

    private boolean runs(String name) {
        return docker.run(LIMIT, "inspect", "--format", "{{.State.Status}}", name)
                .output()
                .strip()
                .equals("running");
    }

    private boolean becomesHealthy(NodeSpec node) {
        long end = System.nanoTime() + node.health().startTimeout().toNanos();
        while (true) {
            var state = docker.run(
                    LIMIT,
                    "inspect",
                    "--format",
                    "{{.State.Status}} {{with .State.Health}}{{.Status}}{{end}}",
                    node.hostName());
            // An engine that runs no health checks only knows that the container is running.
            if (List.of("running healthy", "running").contains(state.output().strip())) {
                return true;
            }
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
