package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import java.util.List;
import java.util.Optional;

/** What a cluster manager decides of a plan. No other planner asks which manager it is. */
interface ManagerRules {

    /** The manager whose rules these are. */
    ClusterManager manager();

    /** The kinds of its nodes, and of the pods that these ask for. */
    List<NodeKind> kinds();

    /** What of a description the manager cannot do. */
    List<Problem> problems(ClusterSpec spec);

    /**
     * What is wrong with the manager on a platform that gives nodes no pods.
     *
     * @param platform how a sentence calls it
     */
    Optional<Problem> withoutPods(String platform);

    /** Where drivers find what gives them executors, inside the network. */
    String masterUrl(NodePlanner nodes);

    /** Every node in the order in which they start. */
    List<NodeSpec> nodes(NodePlanner nodes);

    /** The groups that must be ready before the edge node starts. */
    List<NodeGroup> beforeEdge(NodePlanner nodes);

    /** The Spark properties of each role, for checks that do not depend on where nodes are. */
    List<PlannedProperties> ofEveryRole(ClusterSpec spec, SparkRelease release);

    /** The Spark properties of applications, for checks that do not depend on where nodes are. */
    PlannedProperties ofApplications(ClusterSpec spec);

    /** What is no executor's, of the memory of a worker or of what takes its place. */
    MemorySize besidesExecutors();

    /** How many executors share that memory. */
    int executorsOfOneWorker(ClusterSpec spec);

    /** What an executor may use beside its heap. */
    Room besideHeap(ClusterSpec spec);

    /** Whether a job may have its driver elsewhere than on the edge node. */
    boolean startsDrivers();

    /** Where properties of an application get to that others may read, if they do. */
    Optional<String> showsProperties();

    /** Refuses properties of a user that are right for another manager, or go too far for this one. */
    void conflicts(ClusterSpec spec, UserProperties users);

    /** How the smoke test is told what it must find. */
    String smokeTestOption();

    /** Where names of Spark properties start that are not for Spark to know. */
    List<String> openNamespaces();

    /** Whether a property's value is where a secret is, rather than the secret. */
    boolean namesSecret(String property);

    /** Those of every manager. */
    static List<ManagerRules> all() {
        return List.of(new StandaloneManager(), new KubernetesManager());
    }

    /** Those of the manager that a description names. */
    static ManagerRules of(ClusterSpec spec) {
        return all().stream()
                .filter(rules -> rules.manager() == spec.clusterManager())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rules for " + spec.clusterManager()));
    }

    /**
     * Memory that is left for something.
     *
     * @param mebibytes how much
     * @param rule says so to somebody who wants more
     */
    record Room(long mebibytes, String rule) {}
}
