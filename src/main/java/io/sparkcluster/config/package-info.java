/**
 * Reads a cluster and its platform from a tree of plain values, strictly and with every problem at once: what a stack's configuration holds, the inputs of a package for another
 * language, or a file. {@link io.sparkcluster.config.ClusterConfig} is the way in.
 */
@NullMarked
package io.sparkcluster.config;

import org.jspecify.annotations.NullMarked;
