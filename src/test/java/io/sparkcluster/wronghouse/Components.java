package io.sparkcluster.wronghouse;

import io.sparkcluster.wronghouse.platform.docker.OnePlatform;

/** Knows a platform. */
public record Components(OnePlatform platform) {}
