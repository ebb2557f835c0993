/**
 * Pulumi components for Apache Spark standalone clusters with a JupyterLab edge node. {@link io.sparkcluster.SparkCluster} is the whole; the
 * others are its parts and can be used alone.
 */
@NullMarked
package io.sparkcluster;

import org.jspecify.annotations.NullMarked;
