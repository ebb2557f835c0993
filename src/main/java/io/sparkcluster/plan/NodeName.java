package io.sparkcluster.plan;

/**
 * The name of a node, in the two parts that platforms know.
 *
 * @param local the name on the platform, unique there
 * @param domain the suffix that other nodes need to find it; empty if the local name is enough
 */
public record NodeName(String local, String domain) {

    /** A name that is the same for the platform and for other nodes. */
    public static NodeName flat(String name) {
        return new NodeName(name, "");
    }

    /** The name by which other nodes find it, which is also the node's host name. */
    public String host() {
        return withLocal(local);
    }

    /** The host name of another node in the same domain, or one with a placeholder that the platform replaces. */
    public String withLocal(String other) {
        return domain.isEmpty() ? other : other + "." + domain;
    }
}
