package io.sparkcluster.model;

import com.google.auto.value.AutoValue;

/** The edge node: JupyterLab, and the drivers of all notebooks and jobs that are started there. */
@AutoValue
public abstract class EdgeSpec {

    /** Two CPUs, 3 GiB, JupyterLab on port 8888. */
    public static final EdgeSpec DEFAULT = new AutoValue_EdgeSpec.Builder()
            .cpus(2)
            .memory(MemorySize.gibibytes(3))
            .port(Port.of(8888))
            .build();

    EdgeSpec() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** CPUs that the container may use at most, 0.1 to 256. Default: 2. */
    public abstract double cpus();

    /** Memory limit of the container, shared by JupyterLab and all drivers on it, at least 1536m. Default: 3g. */
    public abstract MemorySize memory();

    /** Port on the publishing address under which JupyterLab is published. Default: 8888. */
    public abstract Port port();

    /**
     * The same edge node with JupyterLab on another port.
     *
     * @throws IllegalArgumentException if the port is not 1024 to 65535
     */
    public EdgeSpec withPort(int number) {
        return toBuilder().port(Port.of(number)).build();
    }

    /** The same edge node with another memory limit. */
    public EdgeSpec withMemory(MemorySize limit) {
        return toBuilder().memory(limit).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link EdgeSpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder cpus(double value);

        public abstract Builder memory(MemorySize value);

        public abstract Builder port(Port value);

        public abstract EdgeSpec build();
    }
}
