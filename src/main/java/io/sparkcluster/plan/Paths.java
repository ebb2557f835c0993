package io.sparkcluster.plan;

/** Folders that images, plans and users agree on; the same on every node, as Spark's {@code file:} paths demand. */
final class Paths {

    static final String WORKSPACE = "/workspace";

    /** Shuffle files and spilled data: never on the shared workspace, where they would cross the network. */
    static final String SCRATCH = "/scratch";

    static final String RECOVERY = "/var/lib/spark/recovery";
    static final String CONFIGURATION = "/opt/spark/conf";
    static final String HOME = "/home/spark";
    static final String TEMPORARY = "/tmp";

    /** Where a node finds the templates of pods that it asks for. */
    static final String TEMPLATES = "/run/spark-cluster/pods";

    static final String PROGRAMS = "/opt/sparkcluster/bin";
    static final String PYTHON = "/usr/bin/python3";

    private Paths() {}
}
