package io.sparkcluster.platform;

import java.util.Map;

/** The labels by which everything that belongs to a cluster is found again, even without Pulumi's state. */
public final class Labels {

    /** The cluster's name. */
    public static final String CLUSTER = "io.sparkcluster.cluster";

    /** The role in the cluster, for example {@code worker}. */
    public static final String ROLE = "io.sparkcluster.role";

    /** The group that a node belongs to, where a cluster may have several groups of the same role, for example {@code large}. */
    public static final String GROUP = "io.sparkcluster.group";

    /** Identifies the owner, see {@link io.sparkcluster.model.Owner#id}. Nobody else may change or remove what carries this label. */
    public static final String OWNER = "io.sparkcluster.owner";

    /** What people call the owner, see {@link io.sparkcluster.model.Owner#name}. */
    public static final String OWNER_NAME = "io.sparkcluster.owner.name";

    /** The Pulumi project and stack, as {@code project/stack}. Earlier releases wrote it instead of an owner. */
    public static final String STACK = "io.sparkcluster.stack";

    /** The kind of image, on images; they are shared by clusters and therefore carry no other label. */
    public static final String IMAGE = "io.sparkcluster.image";

    /** The Spark release inside an image, on every image that contains Spark. */
    public static final String SPARK = "io.sparkcluster.spark";

    /** The Scala version that an image's Spark is built for. */
    public static final String SCALA = "io.sparkcluster.scala";

    /** The version of the secrets that a node was started with, see {@link NodeContext#secretsVersion}. */
    public static final String SECRETS_GENERATION = "io.sparkcluster.secrets-generation";

    private Labels() {}

    /**
     * The labels of a cluster made by the running program.
     *
     * @throws IllegalStateException when the stack's tags, which name the owner, cannot be read or written
     */
    public static Map<String, String> of(String cluster) {
        var owner = Ownership.current().owner();
        return Map.of(CLUSTER, cluster, OWNER, owner.id(), OWNER_NAME, owner.name());
    }
}
