package io.sparkcluster.platform;

import java.util.Optional;

/**
 * What a stack remembers about one of its clusters, as tags of the stack. The first cluster of a stack uses the plain tag names. For any further cluster, a
 * hash of its name is appended.
 *
 * @param ownership the stack's owner and tags
 * @param cluster the cluster's name
 */
public record ClusterTags(Ownership ownership, String cluster) {

    /** The value of a tag, if there is one. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(ownership.tags().get(key(name)));
    }

    /**
     * Stores a value for the next run if it differs from the stored one. Does nothing in a preview and without Pulumi's engine.
     *
     * @throws IllegalStateException when the stack's tags cannot be written
     */
    public void keep(String name, String value) {
        if (!get(name).equals(Optional.of(value))) {
            Ownership.pins().accept(key(name), value);
        }
    }

    /** Pulumi Cloud accepts at most 40 characters in a tag's name, hence the hash. */
    private String key(String name) {
        boolean first = ownership.cluster().map(cluster::equals).orElse(true);
        return first ? name : name + "." + Integer.toHexString(cluster.hashCode());
    }
}
