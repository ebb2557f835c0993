package io.sparkcluster.plan;

/** The secrets of a cluster. Each lies in a folder of its own, so that a node is given no more than it needs. */
public enum SecretName {
    /** Proves every Spark connection. */
    SPARK_AUTH("spark-auth"),
    /** Opens JupyterLab. */
    JUPYTER_TOKEN("jupyter-token");

    private static final String FILE = "secret";

    private final String label;

    SecretName(String label) {
        this.label = label;
    }

    /** The secret's word in names. */
    public String label() {
        return label;
    }

    /** The folder that a node finds it in. */
    public String folder() {
        return ImageContract.secrets(label);
    }

    /** What the file is called in it. */
    public String fileName() {
        return FILE;
    }

    /** The file with the secret as its only content. */
    public String file() {
        return folder() + "/" + FILE;
    }
}
