package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Python packages that are built into the images, for the driver and all executors. */
@AutoValue
public abstract class PythonSpec {

    /** No packages but the image's own. */
    public static final PythonSpec DEFAULT =
            new AutoValue_PythonSpec.Builder().requirements(List.of()).build();

    PythonSpec() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /**
     * Packages as pip takes them, for example {@code scikit-learn} or {@code xgboost<4}. See <a
     * href="https://pip.pypa.io/en/stable/reference/requirement-specifiers/">Requirement Specifiers</a>. Only packages with wheels can be installed, and the image's own
     * packages stay as they are. Default: none.
     */
    public abstract List<String> requirements();

    /**
     * A file with further packages, with or without hashes. See <a
     * href="https://pip.pypa.io/en/stable/reference/requirements-file-format/">Requirements File Format</a>. It may not name other files. Default: none.
     */
    public abstract Optional<Path> requirementsFile();

    /** Whether there is anything to install. */
    public boolean isEmpty() {
        return requirements().isEmpty() && requirementsFile().isEmpty();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link PythonSpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder requirements(List<String> value);

        public abstract Builder requirementsFile(Path value);

        /** Builds the value with its own copy of the list. */
        public PythonSpec build() {
            return requirements(List.copyOf(requirements())).autoBuild();
        }

        abstract List<String> requirements();

        abstract PythonSpec autoBuild();
    }
}
