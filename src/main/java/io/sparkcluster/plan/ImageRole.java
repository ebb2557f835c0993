package io.sparkcluster.plan;

import java.util.Optional;

/** The images in the order in which they are built, each on its parent. */
public enum ImageRole {
    /** Operating system, Java, Python and the cluster's user. */
    BASE("base", Optional.empty()),
    /** Spark and the Python libraries, the layer that all nodes share. */
    SPARK_BASE("spark-base", Optional.of(BASE)),
    /** The master. */
    SPARK_MASTER("spark-master", Optional.of(SPARK_BASE)),
    /** A worker. */
    SPARK_WORKER("spark-worker", Optional.of(SPARK_BASE)),
    /** The edge node. */
    JUPYTERLAB("jupyterlab", Optional.of(SPARK_BASE));

    private final String label;
    private final Optional<ImageRole> parent;

    ImageRole(String label, Optional<ImageRole> parent) {
        this.label = label;
        this.parent = parent;
    }

    /** The image's word in names, and the folder of its sources. */
    public String label() {
        return label;
    }

    /** The image that this one is built on, if it is one of ours. */
    public Optional<ImageRole> parent() {
        return parent;
    }
}
