package io.sparkcluster.wronghouse.platform.docker;

import com.pulumi.kubernetes.core.v1.Namespace;
import io.sparkcluster.wronghouse.platform.swarm.AnotherPlatform;

/** Knows another platform, and talks to Kubernetes. */
public record OnePlatform(AnotherPlatform other, Namespace pod) {}
