package io.sparkcluster.model;

/**
 * The edge node: JupyterLab, and the drivers of all notebooks and jobs that are started there.
 *
 * @param cpus CPUs that the container may use at most, 0.1 to 256. Default: 2
 * @param memory memory limit of the container, shared by JupyterLab and all drivers on it, at least 1536m. Default: 3g
 * @param port port on the publishing address under which JupyterLab is published. Default: 8888
 */
public record EdgeSpec(double cpus, MemorySize memory, Port port) {

    /** Two CPUs, 3 GiB, JupyterLab on port 8888. */
    public static final EdgeSpec DEFAULT = new EdgeSpec(2, MemorySize.gibibytes(3), Port.of(8888));

    /**
     * The same edge node with JupyterLab on another port.
     *
     * @throws IllegalArgumentException if the port is not 1024 to 65535
     */
    public EdgeSpec withPort(int number) {
        return new EdgeSpec(cpus, memory, Port.of(number));
    }

    /** The same edge node with another memory limit. */
    public EdgeSpec withMemory(MemorySize limit) {
        return new EdgeSpec(cpus, limit, port);
    }
}
