package io.sparkcluster.wronghouse.plan;

import io.sparkcluster.wronghouse.model.Description;
import io.sparkcluster.wronghouse.platform.Seam;

/** Knows what it runs on. */
public record Plan(Description description, Seam seam) {}
