package io.sparkcluster.platform;

import io.sparkcluster.model.Wording;
import java.util.function.Consumer;

/**
 * What a platform's preflight needs to know besides the plan.
 *
 * @param ownership the cluster's owner; what belongs to the owner is no obstacle
 * @param wording how to say what the reader can do
 * @param progress receives a line about each slow step and each repair
 */
public record PreflightContext(Ownership ownership, Wording wording, Consumer<String> progress) {}
