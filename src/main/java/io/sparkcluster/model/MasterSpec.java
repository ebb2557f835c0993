package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.time.Duration;

/** The Spark master. */
@AutoValue
public abstract class MasterSpec {

    /** One CPU, 1 GiB, its page on port 8080. */
    public static final MasterSpec DEFAULT = new AutoValue_MasterSpec.Builder()
            .cpus(1)
            .memory(MemorySize.gibibytes(1))
            .uiPort(Port.of(8080))
            .recoveryTimeout(Duration.ofSeconds(10))
            .build();

    MasterSpec() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** CPUs that the container may use at most, 0.1 to 256. Default: 1. */
    public abstract double cpus();

    /** Memory limit of the container, at least 768m. Default: 1g. */
    public abstract MemorySize memory();

    /**
     * Port on the publishing address under which the master's web page is published; through its reverse proxy it also shows the pages of workers and
     * applications. Default: 8080.
     */
    public abstract Port uiPort();

    /**
     * How long a restarted master waits for workers and applications to report back ({@code spark.deploy.recoveryTimeout}), 1 s to 10 min; without
     * effect before Spark 4.0. Default: 10 s. Upstream's default is a minute, in which nothing is scheduled.
     */
    public abstract Duration recoveryTimeout();

    /**
     * The same master with its page published on another port.
     *
     * @throws IllegalArgumentException if the port is not 1024 to 65535
     */
    public MasterSpec withUiPort(int port) {
        return toBuilder().uiPort(Port.of(port)).build();
    }

    /** The same master with another memory limit. */
    public MasterSpec withMemory(MemorySize limit) {
        return toBuilder().memory(limit).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link MasterSpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder cpus(double value);

        public abstract Builder memory(MemorySize value);

        public abstract Builder uiPort(Port value);

        public abstract Builder recoveryTimeout(Duration value);

        public abstract MasterSpec build();
    }
}
