package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ImageContract.Role;
import io.sparkcluster.plan.ImageContract.Variable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Spark master with workers. See <a href="https://spark.apache.org/docs/latest/spark-standalone.html">Spark Standalone Mode</a>. */
final class StandaloneManager implements ManagerRules {

    /** How long a worker waits for the master's port; a lost first registration is tried again only after 5 to 15 s. */
    private static final Duration MASTER_WAIT = Duration.ofMinutes(2);

    @Override
    public ClusterManager manager() {
        return ClusterManager.STANDALONE;
    }

    @Override
    public List<NodeKind> kinds() {
        return List.of(NodeKind.MASTER, NodeKind.WORKER, NodeKind.EDGE);
    }

    @Override
    public List<Problem> problems(ClusterSpec spec) {
        return List.of();
    }

    @Override
    public Optional<Problem> withoutPods(String platform) {
        return Optional.empty();
    }

    @Override
    public String masterUrl(NodePlanner nodes) {
        return url(nodes);
    }

    private static String url(NodePlanner nodes) {
        return "spark://" + nodes.masterHost() + ":" + Ports.MASTER;
    }

    @Override
    public List<NodeSpec> nodes(NodePlanner nodes) {
        return Stream.of(Stream.of(master(nodes)), workers(nodes), Stream.of(edge(nodes)))
                .flatMap(all -> all)
                .toList();
    }

    private static NodeSpec master(NodePlanner nodes) {
        var environment = new TreeMap<String, String>();
        environment.put(Variable.DAEMON_MEMORY, nodes.sizing().masterHeap().spark());
        // Bind and advertise the one name that resolves to the node's own address in the cluster's network.
        environment.put(Variable.MASTER_HOST, nodes.masterHost());
        environment.put(Variable.MASTER_PORT, Ports.MASTER.toString());
        environment.put(Variable.MASTER_UI_PORT, Ports.MASTER_UI.toString());
        nodes.giveSecret(environment);
        return nodes.node(
                nodes.masterGroup(),
                1,
                Role.MASTER,
                environment,
                Set.of(Variable.MASTER_HOST),
                SparkProperties.master(nodes.spec(), nodes.release()).values(),
                List.of(
                        new ListenPort("rpc", Ports.MASTER, Optional.empty()),
                        new ListenPort(
                                "ui",
                                Ports.MASTER_UI,
                                Optional.of(nodes.sparkPage("masterUiUrl", "the master's page", true)))),
                nodes.daemonMounts(new Mount.Own("recovery", ImageContract.RECOVERY, true)),
                new Probe.Http(Ports.MASTER_UI, "/json/"),
                new ResourceLimits(
                        nodes.spec().master().cpus(), nodes.spec().master().memory(), "master.cpus", "master.memory"),
                StopPolicy.within(NodePlanner.SHORT_GRACE),
                Optional.empty());
    }

    private static Stream<NodeSpec> workers(NodePlanner nodes) {
        return nodes.spec().workers().all().stream()
                .flatMap(workers -> IntStream.rangeClosed(1, Math.min(workers.count(), WorkerPool.MOST))
                        .mapToObj(ordinal -> worker(nodes, workers, ordinal)));
    }

    private static NodeSpec worker(NodePlanner nodes, WorkerGroup workers, int ordinal) {
        var group = nodes.workerGroup(workers);
        var decommission = nodes.spec().workers().decommissionTimeout();
        var environment = new TreeMap<String, String>();
        environment.put(Variable.DAEMON_MEMORY, nodes.sizing().daemonHeap().spark());
        environment.put(Variable.DECOMMISSION_TIMEOUT, Long.toString(decommission.toSeconds()));
        environment.put(Variable.LOCAL_DIRS, ImageContract.SCRATCH);
        var named = new TreeSet<String>();
        if (nodes.naming().advertised(group)) {
            environment.put(
                    Variable.LOCAL_HOSTNAME, nodes.naming().name(group, ordinal).host());
            named.add(Variable.LOCAL_HOSTNAME);
        }
        environment.put(Variable.MASTER_URL, url(nodes));
        environment.put(Variable.MASTER_WAIT, Long.toString(MASTER_WAIT.toSeconds()));
        // By default, a worker would offer all of the container's memory and leave nothing for itself.
        environment.put(Variable.WORKER_CORES, Integer.toString(workers.cores()));
        environment.put(
                Variable.WORKER_MEMORY,
                Sizing.workerOffer(nodes.spec(), workers).spark());
        environment.put(Variable.WORKER_DIR, ImageContract.SCRATCH + "/work");
        environment.put(Variable.WORKER_PORT, Ports.WORKER.toString());
        environment.put(Variable.WORKER_UI_PORT, Ports.WORKER_UI.toString());
        environment.putAll(nodes.proxy());
        nodes.giveSecret(environment);
        return nodes.node(
                group,
                ordinal,
                Role.WORKER,
                environment,
                named,
                SparkProperties.worker(nodes.spec()).values(),
                List.of(
                        new ListenPort("rpc", Ports.WORKER, Optional.empty()),
                        new ListenPort("ui", Ports.WORKER_UI, Optional.empty())),
                nodes.daemonMounts(
                        new Mount.Shared(VolumePlan.WORKSPACE, ImageContract.WORKSPACE),
                        new Mount.Own("scratch", ImageContract.SCRATCH, false)),
                new Probe.Http(Ports.WORKER_UI, "/json/"),
                new ResourceLimits(
                        workers.cores(), workers.memory(), workers.field() + ".cores", workers.field() + ".memory"),
                new StopPolicy(decommission.plus(NodePlanner.AFTER_DECOMMISSION), List.of(ImageContract.DECOMMISSION)),
                Optional.empty());
    }

    private static NodeSpec edge(NodePlanner nodes) {
        var environment = nodes.edgeEnvironment();
        // A session asks the master for its number of cores when it starts: a number written here would be wrong after
        // the next change of the workers, or would replace this node with every such change.
        environment.put(
                Variable.CONCURRENT_APPLICATIONS,
                Integer.toString(nodes.spec().applications().concurrent()));
        environment.put(Variable.MASTER_UI_URL, "http://" + nodes.masterHost() + ":" + Ports.MASTER_UI);
        environment.put(Variable.MASTER_URL, url(nodes));
        nodes.giveSecret(environment);
        return nodes.edge(
                environment,
                SparkProperties.standalone(nodes.spec(), url(nodes), nodes.edgeHost(), nodes.sizing())
                        .with(nodes.spec().sparkConf()),
                new ListenPort("driver-ui", Ports.DRIVER_UI, Optional.empty()),
                Optional.empty());
    }

    @Override
    public List<PlannedProperties> ofEveryRole(ClusterSpec spec, SparkRelease release) {
        return List.of(SparkProperties.master(spec, release), SparkProperties.worker(spec), ofApplications(spec));
    }

    @Override
    public PlannedProperties ofApplications(ClusterSpec spec) {
        return SparkProperties.standalone(spec, SparkProperties.ANY_HOST, SparkProperties.ANY_HOST, Sizing.of(spec));
    }

    /** The memory of the worker's own process. */
    @Override
    public MemorySize besidesExecutors() {
        return Sizing.WORKER_DAEMON;
    }

    /** One executor of each application. */
    @Override
    public int executorsOfOneWorker(ClusterSpec spec) {
        return Math.max(1, spec.applications().concurrent());
    }

    @Override
    public Room besideHeap(ClusterSpec spec) {
        var workers = Sizing.smallest(spec);
        MemorySize heap = Sizing.of(spec).executorHeap();
        long free = workers.memory().minus(besidesExecutors()).mebibytes() - heap.mebibytes();
        return new Room(
                free,
                "of " + workers.field() + ".memory " + workers.memory() + " there are " + Math.max(0, free)
                        + "m left beside the worker itself and an executor's heap of " + heap);
    }

    @Override
    public boolean startsDrivers() {
        return false;
    }

    @Override
    public Optional<String> showsProperties() {
        return Optional.empty();
    }

    @Override
    public String smokeTestOption() {
        return "--workers";
    }

    @Override
    public List<String> openNamespaces() {
        return List.of();
    }

    @Override
    public boolean namesSecret(String property) {
        return false;
    }

    /** An application's part of all cores must be enough for an executor. */
    @Override
    public void conflicts(ClusterSpec spec, UserProperties users) {
        int executor = users.number("spark.executor.cores", 1);
        if (executor < 1 || executor > SparkConfConflicts.largest(spec).cores()) {
            return; // refused by itself
        }
        var most = users.whole("spark.cores.max");
        if (most.isPresent() && most.get() >= 1 && most.get() < executor) {
            users.refuse(
                    "spark.cores.max",
                    "an application may not have fewer cores than one executor, and spark.executor.cores is "
                            + executor,
                    "Raise it to " + executor + ", or lower spark.executor.cores");
        }
        int share = Math.max(
                1,
                spec.workers().all().stream()
                                .mapToInt(workers -> workers.count() * workers.cores())
                                .sum()
                        / Math.max(1, spec.applications().concurrent()));
        if (most.isEmpty() && executor > share) {
            users.refuse(
                    "spark.executor.cores",
                    "each of " + spec.applications().concurrent() + " applications (applications.concurrent) gets "
                            + SparkConfConflicts.cores(share) + ", too few for one executor",
                    "Lower it to " + share + ", or lower applications.concurrent");
        }
    }
}
