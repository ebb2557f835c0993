package io.sparkcluster.platform;

import java.util.Map;

/** The labels by which a cluster's things are found again, also without Pulumi's state. */
public final class Labels {

    /** The cluster's name. */
    public static final String CLUSTER = "io.sparkcluster.cluster";

    /** What a thing does in it, for example {@code worker}. */
    public static final String ROLE = "io.sparkcluster.role";

    /** The group that a node belongs to, where the cluster may have several that do the same, for example {@code large}. */
    public static final String GROUP = "io.sparkcluster.group";

    /** Identifies the owner, see {@link io.sparkcluster.model.Owner#id}. Nobody else may change or remove the thing. */
    public static final String OWNER = "io.sparkcluster.owner";

    /** What people call the owner, see {@link io.sparkcluster.model.Owner#name}. */
    public static final String OWNER_NAME = "io.sparkcluster.owner.name";

    /** The Pulumi project and stack, as {@code project/stack}: earlier releases wrote it in the place of an owner. */
    public static final String STACK = "io.sparkcluster.stack";

    /** The kind of image, on images; they are shared by clusters and therefore carry no other label. */
    public static final String IMAGE = "io.sparkcluster.image";

    /** The Spark release inside an image, on every image that has one. */
    public static final String SPARK = "io.sparkcluster.spark";

    /** The Scala version that an image's Spark is built for. */
    public static final String SCALA = "io.sparkcluster.scala";

    /** The secrets that a node was started with, see {@link NodeContext#secretsVersion}. */
    public static final String SECRETS_GENERATION = "io.sparkcluster.secrets-generation";

    private Labels() {}

    /** The labels of a cluster made by the running program. */
    public static Map<String, String> of(String cluster) {
        var owner = Ownership.current().owner();
        return Map.of(CLUSTER, cluster, OWNER, owner.id(), OWNER_NAME, owner.name());
    }
}
