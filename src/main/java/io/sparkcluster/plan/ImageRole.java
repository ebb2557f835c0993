package io.sparkcluster.plan;

import java.util.Optional;

/** The images in the order in which they are built, each on its parent. */
public enum ImageRole {
    /** Operating system, Java, Python and the cluster's user. */
    BASE("base", "images.base", Optional.empty(), false, false),
    /** Spark and the Python libraries, the layer that all nodes share. */
    SPARK_BASE("spark-base", "images.sparkBase", Optional.of(BASE), true, true),
    /** The master. */
    SPARK_MASTER("spark-master", "images.sparkMaster", Optional.of(SPARK_BASE), true, false),
    /** A worker. */
    SPARK_WORKER("spark-worker", "images.sparkWorker", Optional.of(SPARK_BASE), true, false),
    /** The history server. */
    SPARK_HISTORY("spark-history", "images.sparkHistory", Optional.of(SPARK_BASE), true, false),
    /** The edge node. */
    JUPYTERLAB("jupyterlab", "images.jupyterLab", Optional.of(SPARK_BASE), true, true);

    private final String label;
    private final String field;
    private final Optional<ImageRole> parent;
    private final boolean spark;
    private final boolean installsPython;

    ImageRole(String label, String field, Optional<ImageRole> parent, boolean spark, boolean installsPython) {
        this.label = label;
        this.field = field;
        this.parent = parent;
        this.spark = spark;
        this.installsPython = installsPython;
    }

    /** The image's label in names, and the folder of its sources. */
    public String label() {
        return label;
    }

    /** The key by which a user replaces the image, for example {@code images.sparkWorker}. */
    public String field() {
        return field;
    }

    /** The image of the hierarchy that this one is built on. Empty for {@link #BASE}. */
    public Optional<ImageRole> parent() {
        return parent;
    }

    /** Whether the image contains Spark, whose version must be that of the cluster. */
    public boolean holdsSpark() {
        return spark;
    }

    /** Whether its build installs Python packages, so that its {@code Dockerfile} declares the argument for the package index. */
    public boolean installsPython() {
        return installsPython;
    }
}
