package io.sparkcluster.platform.kubernetes;

/** How people reach the published pages, such as JupyterLab and the master's page. */
public enum Exposure {
    /**
     * By {@code kubectl port-forward} on the user's machine; nothing is opened in the Kubernetes cluster. The published ports are ports of
     * that machine, and the output {@code tunnel} has the command.
     */
    PORT_FORWARD,
    /**
     * On a port of every Kubernetes node: the published ports are node ports, 30000 to 32767, and {@code security.publishAddress} is the
     * address of a node, for example what {@code minikube ip} prints. Whoever reaches a node reaches JupyterLab, which asks for its token,
     * and the master's page, which asks for nothing.
     */
    NODE_PORT
}
