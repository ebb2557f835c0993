package io.sparkcluster.plan;

/**
 * The name of a node, in the two parts that platforms know.
 *
 * @param local what the platform calls it, unique there
 * @param domain what makes of it the name by which other nodes find it; empty where that is the same
 */
public record NodeName(String local, String domain) {

    /** A name that is the same for the platform and for other nodes. */
    public static NodeName flat(String name) {
        return new NodeName(name, "");
    }

    /** The name by which other nodes find it, which is also its own host name. */
    public String host() {
        return withLocal(local);
    }

    /** The same for another node of the same domain, or for what the platform puts in the place of its name. */
    public String withLocal(String other) {
        return domain.isEmpty() ? other : other + "." + domain;
    }
}
