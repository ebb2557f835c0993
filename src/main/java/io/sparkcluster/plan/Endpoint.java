package io.sparkcluster.plan;

import io.sparkcluster.model.Port;

/**
 * A published page of a node.
 *
 * @param output name of the output with its URL, for example {@code jupyterUrl}
 * @param port its port on the publishing address
 * @param field the key that sets the port, for example {@code edge.port}; problems with the port name this key
 * @param page what messages call it, for example {@code JupyterLab}
 * @param asksFor what it asks a visitor for, for example {@code its token}
 * @param steady whether it answers as long as the node works, rather than only while a user's program runs there
 */
public record Endpoint(String output, Port port, String field, String page, String asksFor, boolean steady) {}
