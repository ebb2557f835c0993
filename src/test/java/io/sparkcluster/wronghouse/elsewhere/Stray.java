package io.sparkcluster.wronghouse.elsewhere;

/** In a package that is on no map. */
public record Stray() {}
