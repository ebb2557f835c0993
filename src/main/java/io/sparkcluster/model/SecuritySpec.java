package io.sparkcluster.model;

/**
 * Authentication, encryption and publishing. See <a href="https://spark.apache.org/docs/latest/security.html">Spark Security</a>.
 *
 * @param authenticate whether every Spark connection is authenticated with the cluster's secret ({@code spark.authenticate}).
 *     The REST submission server, which does not authenticate, is always off. Default: true
 * @param encrypt whether Spark's connections are encrypted as well (AES-GCM); needs {@code authenticate}. Default: true
 * @param generation counts from 1; a higher number gives a new JupyterLab token and a new Spark secret. Default: 1
 * @param publishAddress IPv4 address of the host on which ports are published. Default: 127.0.0.1, this machine only
 */
public record SecuritySpec(boolean authenticate, boolean encrypt, int generation, String publishAddress) {

    /** Secrets and encryption on, nothing published beyond this machine. */
    public static final SecuritySpec DEFAULT = new SecuritySpec(true, true, 1, "127.0.0.1");

    /** The same with the secrets of another generation. */
    public SecuritySpec withGeneration(int number) {
        return new SecuritySpec(authenticate, encrypt, number, publishAddress);
    }
}
