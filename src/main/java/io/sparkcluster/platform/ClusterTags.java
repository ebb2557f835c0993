package io.sparkcluster.platform;

import java.util.Optional;

/**
 * What a stack keeps in mind of one of its clusters, as tags of the stack. The first cluster of a stack has the plain names of tags; those of another one end
 * with letters that are made of its name.
 *
 * @param ownership the stack's tags
 * @param cluster the cluster's name
 */
public record ClusterTags(Ownership ownership, String cluster) {

    /** The value of a tag, if there is one. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(ownership.tags().get(key(name)));
    }

    /** Keeps a value for the next run, where it is another one than before. */
    public void keep(String name, String value) {
        if (!get(name).equals(Optional.of(value))) {
            Ownership.pins().accept(key(name), value);
        }
    }

    /** A tag's name may have 40 characters in Pulumi Cloud. */
    private String key(String name) {
        boolean first = ownership.cluster().map(cluster::equals).orElse(true);
        return first ? name : name + "." + Integer.toHexString(cluster.hashCode());
    }
}
