package io.sparkcluster.wronghouse.config;

import io.sparkcluster.wronghouse.program.ProgramComponent;

/** Knows who asks for it. */
public record Reading(ProgramComponent program) {}
