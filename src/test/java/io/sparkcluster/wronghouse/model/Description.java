package io.sparkcluster.wronghouse.model;

import io.sparkcluster.wronghouse.plan.Plan;

/** Knows what is made from it, which knows it in turn. */
public record Description(Plan plan) {}
