/**
 * Pulumi components for Apache Spark clusters with a JupyterLab edge node. {@link io.sparkcluster.SparkCluster} is the whole cluster; the
 * other components are its parts and can be used alone.
 */
@NullMarked
package io.sparkcluster;

import org.jspecify.annotations.NullMarked;
