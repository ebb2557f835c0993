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

    /** {@code <cluster>-master}, {@code <cluster>-worker-1}, {@code <cluster>-edge}: one flat name space for a host. */
    static Naming flat() {
        return (cluster, role, ordinal) -> cluster + "-" + role.label() + (role == Role.WORKER ? "-" + ordinal : "");
    }
}
