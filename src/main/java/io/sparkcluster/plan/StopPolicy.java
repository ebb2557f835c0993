package io.sparkcluster.plan;

import java.time.Duration;

/**
 * How a node is ended.
 *
 * @param grace time between the request to stop ({@code SIGTERM}) and the end by force
 */
public record StopPolicy(Duration grace) {}
