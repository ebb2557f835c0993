package io.sparkcluster.plan;

/**
 * How a node works, as far as platforms must know, whatever its kind.
 *
 * @param replicated whether it may be one of several equal nodes: each can do the work of another, their number may change, they are spread over machines, and
 *     maintenance takes one at a time
 * @param registers whether it registers with another node, which from then on knows it by the address that it had
 * @param hostsWorkspace whether it has the workspace on platforms whose nodes cannot share one
 */
public record Traits(boolean replicated, boolean registers, boolean hostsWorkspace) {

    /** A node that others look for by its name. */
    static final Traits MASTER = new Traits(false, false, false);

    /** One of many that register with a master. */
    static final Traits WORKER = new Traits(true, true, false);

    /** A node that needs no other node, and that no other node needs. */
    static final Traits ALONE = new Traits(false, false, false);

    /** The node on which users work. */
    static final Traits EDGE = new Traits(false, false, true);
}
