package io.sparkcluster.model;

import com.google.auto.value.AutoValue;

/** Authentication, encryption and publishing. See <a href="https://spark.apache.org/docs/latest/security.html">Spark Security</a>. */
@AutoValue
public abstract class SecuritySpec {

    /** Secrets and encryption on, nothing published beyond this machine. */
    public static final SecuritySpec DEFAULT = new AutoValue_SecuritySpec.Builder()
            .authenticate(true)
            .encrypt(true)
            .generation(1)
            .publishAddress("127.0.0.1")
            .build();

    SecuritySpec() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /**
     * Whether every Spark connection is authenticated with the cluster's secret ({@code spark.authenticate}). The REST submission server, which does not
     * authenticate, is always off. Default: true.
     */
    public abstract boolean authenticate();

    /** Whether Spark's connections are encrypted as well (AES-GCM); needs {@code authenticate}. Default: true. */
    public abstract boolean encrypt();

    /** Counts from 1; a higher number gives a new JupyterLab token and a new Spark secret. Default: 1. */
    public abstract int generation();

    /** IPv4 address of the host on which ports are published. Default: 127.0.0.1, this machine only. */
    public abstract String publishAddress();

    /** The same with the secrets of another generation. */
    public SecuritySpec withGeneration(int number) {
        return toBuilder().generation(number).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link SecuritySpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder authenticate(boolean value);

        public abstract Builder encrypt(boolean value);

        public abstract Builder generation(int value);

        public abstract Builder publishAddress(String value);

        public abstract SecuritySpec build();
    }
}
