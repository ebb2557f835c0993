package io.sparkcluster.platform;

import io.sparkcluster.model.Owner;
import java.util.Map;
import java.util.Optional;

/** Owners for tests. */
public final class TestOwners {

    /** The owner of what a test makes. */
    public static final Ownership MINE =
            new Ownership(new Owner("mine0000", "me on laptop, stack dev"), Optional.empty(), Map.of());

    private TestOwners() {}
}
