package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import java.util.List;
import java.util.Optional;

/** The parts of a plan that depend on the cluster manager. No other planner asks which manager a cluster has. */
interface ManagerRules {

    /** The manager whose rules these are. */
    ClusterManager manager();

    /** The kinds of the cluster's nodes, and of the pods that nodes request. */
    List<NodeKind> kinds();

    /** What in a description the manager does not support. */
    List<Problem> problems(ClusterSpec spec);

    /**
     * Why the manager cannot work on a platform that starts no executor pods. Empty if it can.
     *
     * @param platform the platform's name as the subject of a sentence
     */
    Optional<Problem> withoutPods(String platform);

    /** The master URL for drivers inside the network. */
    String masterUrl(NodePlanner nodes);

    /** Every node, those first that others need. */
    List<NodeSpec> nodes(NodePlanner nodes);

    /** The Spark properties of each role, for checks that do not depend on the names of nodes. */
    List<PlannedProperties> ofEveryRole(ClusterSpec spec, SparkRelease release);

    /** The Spark properties of applications, for checks that do not depend on the names of nodes. */
    PlannedProperties ofApplications(ClusterSpec spec);

    /** How much of a worker's memory, or of an executor pod's, is not available to executors. */
    MemorySize besidesExecutors();

    /** How many executors share the rest of that memory. */
    int executorsOfOneWorker(ClusterSpec spec);

    /** How much memory an executor may use beside its heap. */
    Room besideHeap(ClusterSpec spec);

    /** Whether a job may have its driver elsewhere than on the edge node, in cluster mode. */
    boolean startsDrivers();

    /** Where others may read the properties of an application, as a clause for messages. Empty if nowhere. */
    Optional<String> showsProperties();

    /** Refuses a user's properties that would suit another manager, but not this one. */
    void conflicts(ClusterSpec spec, UserProperties users);

    /** The option by which the smoke test gets the number of workers or executors that it must find. */
    String smokeTestOption();

    /** Prefixes of Spark properties whose further names Spark does not define. */
    List<String> openNamespaces();

    /** Whether a property's value names a secret, rather than being the secret. */
    boolean namesSecret(String property);

    /** The rules of every manager. */
    static List<ManagerRules> all() {
        return List.of(new StandaloneManager(), new KubernetesManager());
    }

    /** The rules of a description's manager. */
    static ManagerRules of(ClusterSpec spec) {
        return all().stream()
                .filter(rules -> rules.manager() == spec.clusterManager())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rules for " + spec.clusterManager()));
    }

    /**
     * An amount of memory that may be used.
     *
     * @param mebibytes how much, in MiB
     * @param rule the rule of a problem for a value above it
     */
    record Room(long mebibytes, String rule) {}
}
