package io.sparkcluster.plan;

import io.sparkcluster.model.Port;

/**
 * A page of a node that is reached from outside the cluster.
 *
 * @param output name of the output that tells its address, for example {@code jupyterUrl}
 * @param port where it is reached on the publishing address
 * @param field the key that decides on the port, for example {@code edge.port}: what a problem with the port blames
 * @param page what answers, for example {@code JupyterLab}
 * @param asksFor what it asks a visitor for, for example {@code its token}
 * @param steady whether it answers for as long as the node works, rather than while a user's program runs there
 */
public record Endpoint(String output, Port port, String field, String page, String asksFor, boolean steady) {}
