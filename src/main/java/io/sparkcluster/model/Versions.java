package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/**
 * The versions that must agree on every node of a cluster. The images are built from them, labels and outputs show them,
 * and the smoke test compares them with what really runs.
 *
 * <p>Which combinations exist is decided by the compatibility matrix in {@code io.sparkcluster.plan}; see
 * <a href="https://spark.apache.org/docs/latest/">Spark's overview</a> for the upstream rules.
 */
@AutoValue
public abstract class Versions {

    /** The default versions of a cluster. */
    public static final Versions DEFAULT =
            new AutoValue_Versions.Builder().spark("4.2.1").build();

    Versions() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** The Spark release, for example {@code 4.2.1}. */
    public abstract String spark();

    /** The major version of Java, for example 21. Default: the first that fits in the table of Linux images; for an image of your own, set it. */
    public abstract Optional<Integer> java();

    /** The minor version of Python, for example {@code 3.13}; driver and executors must not differ in it. Default: that of the Linux image; for
     * an image of your own, set it. */
    public abstract Optional<String> python();

    /** The same choice of Java and Python with another Spark release. */
    public Versions withSpark(String release) {
        return toBuilder().spark(release).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link Versions} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder spark(String value);

        public abstract Builder java(int value);

        public abstract Builder python(String value);

        public abstract Versions build();
    }
}
