package io.sparkcluster.platform;

import io.sparkcluster.model.Wording;
import java.util.function.Consumer;

/**
 * For whom a platform looks at what is there.
 *
 * @param ownership whose the cluster is: what is the owner's is not in the way
 * @param wording how to say what the reader can do
 * @param progress told of what takes long, and of what is mended
 */
public record PreflightContext(Ownership ownership, Wording wording, Consumer<String> progress) {}
