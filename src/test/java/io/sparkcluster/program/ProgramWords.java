package io.sparkcluster.program;

import io.sparkcluster.model.Wording;

/** The words of the ready program, for tests outside of its package. */
public final class ProgramWords {

    private ProgramWords() {}

    /** Those that it gives to its cluster. */
    public static Wording words() {
        return new ProgramWording();
    }
}
