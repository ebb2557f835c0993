package io.sparkcluster.model;

/**
 * How the cluster's processes and users prove who they are.
 *
 * @param authenticate whether every Spark connection proves the cluster's secret ({@code spark.authenticate}); the REST
 *     submission server, which knows no secret, is then off. Default: true
 * @param encrypt whether Spark's connections are encrypted as well (AES-GCM); needs {@code authenticate}. Default: true
 * @param generation a number; raising it makes a new JupyterLab token and a new Spark secret. Default: 1
 * @param publishAddress the host's address on which ports are published. Default: 127.0.0.1, this machine only
 */
public record SecuritySpec(boolean authenticate, boolean encrypt, int generation, String publishAddress) {

    /** Secrets and encryption on, nothing published beyond this machine. */
    public static final SecuritySpec DEFAULT = new SecuritySpec(true, true, 1, "127.0.0.1");

    /** The same with the secrets of another generation. */
    public SecuritySpec withGeneration(int number) {
        return new SecuritySpec(authenticate, encrypt, number, publishAddress);
    }
}
