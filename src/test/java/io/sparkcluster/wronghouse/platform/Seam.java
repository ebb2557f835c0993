package io.sparkcluster.wronghouse.platform;

import io.sparkcluster.wronghouse.platform.docker.OnePlatform;
import io.sparkcluster.wronghouse.program.ProgramComponent;

/** Knows one of the platforms, and the program. */
public record Seam(OnePlatform platform, ProgramComponent program) {}
