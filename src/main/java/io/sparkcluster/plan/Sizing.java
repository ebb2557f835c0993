package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a container's memory is divided, and a cluster's executors among applications. A JVM needs more than its heap, and the Python process beside every task
 * needs memory too. A worker therefore offers only a part of its limit as executor heap: the kernel kills a container that exceeds its limit.
 *
 * @param daemonHeap heap of a worker's own JVM
 * @param workerOffer heap that the smallest worker offers to executors ({@code SPARK_WORKER_MEMORY}); where executors are pods, the largest heap of an
 *     executor
 * @param executorHeap heap of one executor
 * @param driverHeap heap of one driver on the edge node
 * @param masterHeap heap of the master's JVM
 */
public record Sizing(
        MemorySize daemonHeap,
        MemorySize workerOffer,
        MemorySize executorHeap,
        MemorySize driverHeap,
        MemorySize masterHeap) {

    /** Heap of a worker daemon; it only starts and watches executors. */
    static final MemorySize WORKER_DAEMON_HEAP = MemorySize.mebibytes(384);

    /** What a worker daemon takes in total: its heap, code, threads, buffers, the entry point. */
    static final MemorySize WORKER_DAEMON = MemorySize.mebibytes(512);

    /** What an executor's pod takes besides the executor and its Python: the native libraries that Spark unpacks into memory, the entry point. */
    static final MemorySize EXECUTOR_POD = MemorySize.mebibytes(64);

    /** What JupyterLab and its kernels take before any driver starts. */
    static final MemorySize JUPYTERLAB = MemorySize.mebibytes(512);

    /** Part of the memory left for executors or drivers that is heap; the rest is for JVM internals and Python. */
    static final int HEAP_PERCENT = 65;

    /** Part of the master's limit that is heap. */
    static final int MASTER_HEAP_PERCENT = 60;

    /** Spark refuses executors and drivers below 1.5 times its reserved 300 MB (UnifiedMemoryManager). */
    static final MemorySize LEAST_HEAP = MemorySize.mebibytes(450);

    /** Divides the memory of a description whose fields are valid by themselves. */
    static Sizing of(ClusterSpec spec) {
        int applications = Math.max(1, spec.applications().concurrent());
        MemorySize offer = workerOffer(spec, smallest(spec));
        MemorySize drivers = heapOf(spec.edge().memory(), JUPYTERLAB);
        return new Sizing(
                WORKER_DAEMON_HEAP,
                offer,
                spec.applications()
                        .executorMemory()
                        .orElse(offer.dividedBy(ManagerRules.of(spec).executorsOfOneWorker(spec))),
                spec.applications().driverMemory().orElse(drivers.dividedBy(applications)),
                spec.master().memory().percent(MASTER_HEAP_PERCENT));
    }

    /** The heap that a worker offers to executors; where executors are pods, the largest heap of an executor. */
    public static MemorySize workerOffer(ClusterSpec spec, WorkerGroup workers) {
        return heapOf(workers.memory(), ManagerRules.of(spec).besidesExecutors());
    }

    /** The group whose workers have the least memory: an application's executors are equal, and fit on all of them. */
    static WorkerGroup smallest(ClusterSpec spec) {
        return spec.workers().all().stream()
                .min(Comparator.comparing(WorkerGroup::memory))
                .orElseThrow();
    }

    /** What does not fit, with the smallest change that makes it fit as the remedy. */
    static List<Problem> check(ClusterSpec spec) {
        var sizing = of(spec);
        var problems = new ArrayList<Problem>();
        int applications = Math.max(1, spec.applications().concurrent());
        fits(
                        "executor",
                        "applications.executorMemory",
                        spec.applications().executorMemory().isPresent(),
                        sizing.executorHeap(),
                        sizing.workerOffer(),
                        smallest(spec).field() + ".memory",
                        smallest(spec).memory(),
                        ManagerRules.of(spec).besidesExecutors(),
                        ManagerRules.of(spec).executorsOfOneWorker(spec))
                .forEach(problems::add);
        fits(
                        "driver",
                        "applications.driverMemory",
                        spec.applications().driverMemory().isPresent(),
                        sizing.driverHeap(),
                        heapOf(spec.edge().memory(), JUPYTERLAB),
                        "edge.memory",
                        spec.edge().memory(),
                        JUPYTERLAB,
                        applications)
                .forEach(problems::add);
        return problems;
    }

    /** How many executors an application may have where executors are pods: an equal part, rounded down, but at least one. */
    static int executorsOfOneApplication(ClusterSpec spec) {
        return Math.max(
                1, spec.workers().total() / Math.max(1, spec.applications().concurrent()));
    }

    /** The key that sets how many executors there may be where executors are pods. */
    static String executorsField(ClusterSpec spec) {
        // Several groups were refused before.
        return spec.workers().all().get(0).field() + ".count";
    }

    private static List<Problem> fits(
            String process,
            String ownField,
            boolean given,
            MemorySize heap,
            MemorySize offer,
            String nodeField,
            MemorySize node,
            MemorySize reserve,
            int applications) {
        if (given && heap.compareTo(offer) > 0) {
            return List.of(new Problem(
                    ownField,
                    heap.toString(),
                    process + "s must fit their node, and of " + nodeField + " " + node + " there are " + offer
                            + " left for heaps",
                    "Lower it to " + offer + ", or raise " + nodeField + " to " + nodeFor(heap, reserve, 1)));
        }
        if (given && heap.compareTo(LEAST_HEAP) < 0) {
            return List.of(new Problem(
                    ownField, heap.toString(), "Spark starts no " + process + " below " + LEAST_HEAP, "Raise it"));
        }
        if (!given && heap.compareTo(LEAST_HEAP) < 0) {
            return List.of(new Problem(
                    nodeField,
                    node.toString(),
                    "it leaves " + heap + " for each of " + applications + " (applications.concurrent) " + process
                            + "s, and Spark starts none below " + LEAST_HEAP,
                    "Raise it to " + nodeFor(LEAST_HEAP, reserve, applications)
                            + (applications > 1 ? ", or lower applications.concurrent" : "")));
        }
        return List.of();
    }

    private static MemorySize heapOf(MemorySize node, MemorySize reserve) {
        return node.minus(reserve).percent(HEAP_PERCENT);
    }

    /** The smallest node that leaves a heap for each of {@code processes} processes: the inverse of the derivation. */
    static MemorySize nodeFor(MemorySize heap, MemorySize reserve, int processes) {
        long heaps = heap.mebibytes() * processes;
        long rest = (heaps * 100 + HEAP_PERCENT - 1) / HEAP_PERCENT;
        return MemorySize.mebibytes(rest + reserve.mebibytes());
    }
}
