package io.sparkcluster.wronghouse.platform.images;

import io.sparkcluster.wronghouse.platform.swarm.AnotherPlatform;

/** Knows one of those that share it. */
public record SharedPart(AnotherPlatform platform) {}
