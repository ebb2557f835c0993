package io.sparkcluster.plan;

import io.sparkcluster.model.Port;

/**
 * A page of a node that is reached from outside the cluster.
 *
 * @param port where it is reached on the publishing address
 * @param field the key that decides on the port, for example {@code edge.port}: what a problem with the port blames
 * @param page what answers, for example {@code JupyterLab}
 * @param asksFor what it asks a visitor for, for example {@code its token}
 */
public record Endpoint(Port port, String field, String page, String asksFor) {}
