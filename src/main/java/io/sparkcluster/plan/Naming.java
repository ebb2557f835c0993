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
     * The name of a node.
     *
     * @param group the group that it belongs to
     * @param ordinal counts the nodes of a group from 1
     */
    NodeName name(NodeGroup group, int ordinal);

    /**
     * Whether a node of that group may tell others its name. Where it may not, because the name leads to it only when it is ready, it
     * tells its address, which it finds out itself.
     */
    default boolean advertised(NodeGroup group) {
        return true;
    }

    /**
     * The flat names of services. They lead to tasks that are healthy, and a node that registers is that only when the other one has reached it: such
     * nodes are known by address.
     */
    static Naming services() {
        return new Naming() {
            @Override
            public NodeName name(NodeGroup group, int ordinal) {
                return flat().name(group, ordinal);
            }

            @Override
            public boolean advertised(NodeGroup group) {
                return !group.traits().registers();
            }
        };
    }

    /**
     * {@code <group>-0.<group>.<namespace>.svc.cluster.local}: a pod of a stateful set, by the name that
     * stays when its address changes. In full, because that is how a pod finds itself in its own {@code /etc/hosts},
     * before the cluster's name server knows it.
     *
     * @param namespace the Kubernetes namespace
     */
    static Naming pods(String namespace) {
        return (group, ordinal) ->
                new NodeName(group.name() + "-" + (ordinal - 1), group.name() + "." + namespace + ".svc.cluster.local");
    }

    /** {@code <cluster>-master}, {@code <cluster>-worker-1}, {@code <cluster>-edge}: one flat name space for a host. */
    static Naming flat() {
        return (group, ordinal) -> NodeName.flat(group.name() + (group.traits().replicated() ? "-" + ordinal : ""));
    }
}
