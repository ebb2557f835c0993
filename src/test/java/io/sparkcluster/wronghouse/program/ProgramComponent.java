package io.sparkcluster.wronghouse.program;

import com.pulumi.resources.ComponentResource;

/** A component that does not stand in the root. */
public final class ProgramComponent extends ComponentResource {

    public ProgramComponent(String name) {
        super("wronghouse:program:Component", name);
    }
}
