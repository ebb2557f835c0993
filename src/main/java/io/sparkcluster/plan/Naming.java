package io.sparkcluster.plan;

/**
 * How a platform calls a node, so that addresses can be derived before anything exists.
 *
 * <p>A name must resolve, inside the cluster's network and on the node itself, to the node's own address: Spark's master
 * and workers bind the same name that they advertise.
 */
@FunctionalInterface
public interface Naming {

    /**
     * The host name of a node.
     *
     * @param cluster the cluster's name
     * @param role the node's role
     * @param ordinal counts the nodes of a role from 1
     */
    String hostName(String cluster, Role role, int ordinal);

    /**
     * Whether a node of that role may tell others its name. Where it may not, because the name leads to it only when it is ready, it
     * tells its address, which it finds out itself.
     */
    default boolean advertised(Role role) {
        return true;
    }

    /**
     * The flat names of services. They lead to tasks that are healthy, and a worker is that only when the master has reached it: workers are known by
     * address.
     */
    static Naming services() {
        return new Naming() {
            @Override
            public String hostName(String cluster, Role role, int ordinal) {
                return flat().hostName(cluster, role, ordinal);
            }

            @Override
            public boolean advertised(Role role) {
                return role != Role.WORKER;
            }
        };
    }

    /**
     * {@code <cluster>-worker-0.<cluster>-worker.<namespace>.svc.cluster.local}: a pod of a stateful set, by the name that
     * stays when its address changes. In full, because that is how a pod finds itself in its own {@code /etc/hosts},
     * before the cluster's name server knows it.
     *
     * @param namespace the Kubernetes namespace
     */
    static Naming pods(String namespace) {
        return (cluster, role, ordinal) -> {
            String set = cluster + "-" + role.label();
            return set + "-" + (ordinal - 1) + "." + set + "." + namespace + ".svc.cluster.local";
        };
    }

    /** {@code <cluster>-master}, {@code <cluster>-worker-1}, {@code <cluster>-edge}: one flat name space for a host. */
    static Naming flat() {
        return (cluster, role, ordinal) -> cluster + "-" + role.label() + (role == Role.WORKER ? "-" + ordinal : "");
    }
}
