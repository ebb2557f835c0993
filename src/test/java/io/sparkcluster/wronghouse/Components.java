package io.sparkcluster.wronghouse;

import io.sparkcluster.wronghouse.config.Reading;
import io.sparkcluster.wronghouse.platform.docker.OnePlatform;

/** Knows a platform, and how configuration is read. */
public record Components(OnePlatform platform, Reading reading) {}
