/**
 * What follows from a description, by pure functions: nodes with their environment, Spark properties, ports, mounts, health checks
 * and sizes, and the images that they run. Platforms apply a plan; they do not decide what is in it.
 */
@NullMarked
package io.sparkcluster.plan;

import org.jspecify.annotations.NullMarked;
