package io.sparkcluster;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.platform.Platform;

/**
 * What a {@link SparkCluster} is made from.
 *
 * @param platform where it runs, for example {@code DockerPlatform.local()}
 * @param cluster what it is, for example {@code ClusterSpec.of("analytics")}
 */
public record SparkClusterArgs(Platform platform, ClusterSpec cluster) {}
