package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.plan.ImageContract.Variable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Derives the templates of executor and driver pods where Kubernetes is the cluster manager. */
final class ExecutorPodsPlanner {

    /** {@code spark.driver.cores}, Spark's default: a driver plans and collects, executors work. */
    private static final double DRIVER_CPUS = 1;

    private final ClusterSpec spec;
    private final Map<String, String> proxy;

    ExecutorPodsPlanner(ClusterSpec spec, Map<String, String> proxy) {
        this.spec = spec;
        this.proxy = proxy;
    }

    /**
     * Both kinds of pods.
     *
     * @param mounts writable folders, shared volumes and secrets of every pod
     * @param driverMounts further mounts of a driver
     */
    ExecutorPods plan(List<Mount> mounts, List<Mount> driverMounts) {
        // Several groups were refused before.
        var workers = spec.workers().all().get(0);
        var decommission = spec.workers().decommissionTimeout();
        return new ExecutorPods(
                ImageContract.TEMPLATES,
                new ExecutorPods.Template(
                        NodeKind.EXECUTOR,
                        List.of(),
                        executorEnvironment(),
                        mounts,
                        workers.cores(),
                        false,
                        StopPolicy.within(decommission.plus(NodePlanner.AFTER_DECOMMISSION))),
                new ExecutorPods.Template(
                        NodeKind.DRIVER,
                        ImageContract.driver(),
                        new TreeMap<>(proxy),
                        // Spark itself mounts the configuration of a driver.
                        Stream.concat(mounts.stream(), driverMounts.stream())
                                .filter(mount -> !mount.path().equals(ImageContract.CONFIGURATION))
                                .toList(),
                        DRIVER_CPUS,
                        true,
                        StopPolicy.within(NodePlanner.SHORT_GRACE)),
                new ResourceLimits(
                        workers.cores(), workers.memory(), workers.field() + ".cores", workers.field() + ".memory"),
                spec.workers().total());
    }

    private SortedMap<String, String> executorEnvironment() {
        var environment = new TreeMap<>(proxy);
        environment.put(
                Variable.DECOMMISSION_TIMEOUT,
                Long.toString(spec.workers().decommissionTimeout().toSeconds()));
        return environment;
    }
}
