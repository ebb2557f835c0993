/**
 * Reads a cluster and its platform from a tree of plain values, strictly, and reports every problem at once. The tree may be a stack's configuration, the
 * inputs of a package for another language, or a file. Start at {@link io.sparkcluster.config.ClusterConfig}.
 */
@NullMarked
package io.sparkcluster.config;

import org.jspecify.annotations.NullMarked;
