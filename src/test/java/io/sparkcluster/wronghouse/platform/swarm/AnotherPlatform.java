package io.sparkcluster.wronghouse.platform.swarm;

/** What no other platform may know. */
public record AnotherPlatform() {}
