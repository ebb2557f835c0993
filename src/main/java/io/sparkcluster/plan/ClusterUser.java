package io.sparkcluster.plan;

/** The user and group of every process, the same in all images, so that files on the workspace belong to all nodes. */
public final class ClusterUser {

    /** Numeric user and group, as in Spark's official images. */
    public static final int ID = 185;

    private ClusterUser() {}
}
