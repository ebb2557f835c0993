package io.sparkcluster.platform.kubernetes;

/** How people reach JupyterLab and the master's page. */
public enum Exposure {
    /**
     * By a {@code kubectl port-forward} on their own machine: nothing in the Kubernetes cluster is opened. The published ports are those
     * of that machine, and {@code tunnel} is the command.
     */
    PORT_FORWARD,
    /**
     * On a port of every Kubernetes node: the published ports are node ports, 30000 to 32767, and {@code security.publishAddress} is the
     * address of a node, as {@code minikube ip} prints it. Whoever reaches the node reaches JupyterLab, which asks for its token, and
     * the master's page, which asks for nothing.
     */
    NODE_PORT
}
