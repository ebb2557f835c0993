package io.sparkcluster.plan;

/**
 * How a platform names nodes, so that addresses can be derived before anything exists.
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
     * Whether a node of a group advertises its name to others. Otherwise it advertises its address, which it finds out itself, because the
     * name resolves only when the node is ready.
     */
    default boolean advertised(NodeGroup group) {
        return true;
    }

    /**
     * The flat names of services. They resolve only to healthy tasks, but a node that registers with another one is healthy only after the other one has
     * reached it: such nodes advertise their addresses.
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
     * {@code <group>-0.<group>.<namespace>.svc.cluster.local}: the name of a pod of a stateful set, which stays when its
     * address changes. The name is fully qualified, because that is how a pod finds itself in its own {@code /etc/hosts}
     * before the cluster's name server knows it.
     *
     * @param namespace the Kubernetes namespace
     */
    static Naming pods(String namespace) {
        return (group, ordinal) ->
                new NodeName(group.name() + "-" + (ordinal - 1), group.name() + "." + namespace + ".svc.cluster.local");
    }

    /** {@code <cluster>-master}, {@code <cluster>-worker-1}, {@code <cluster>-edge}: names without a domain. */
    static Naming flat() {
        return (group, ordinal) -> NodeName.flat(group.name() + (group.traits().replicated() ? "-" + ordinal : ""));
    }
}
