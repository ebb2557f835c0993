package io.sparkcluster.model;

/**
 * The versions that must agree on every node of a cluster. The images are built from them, labels and outputs show them,
 * and the smoke test compares them with what really runs.
 *
 * <p>Which combinations exist is decided by the compatibility matrix in {@code io.sparkcluster.plan}; see
 * <a href="https://spark.apache.org/docs/latest/">Spark's overview</a> for the upstream rules.
 *
 * @param spark the Spark release, for example {@code 4.2.1}
 * @param java the major version of Java, for example 17
 * @param python the minor version of Python, for example {@code 3.11}; driver and executors must not differ in it
 */
public record Versions(String spark, int java, String python) {

    /** The default versions of a cluster. */
    public static final Versions DEFAULT = new Versions("4.2.1", 17, "3.11");

    /** The same Java and Python with another Spark release. */
    public Versions withSpark(String release) {
        return new Versions(release, java, python);
    }
}
