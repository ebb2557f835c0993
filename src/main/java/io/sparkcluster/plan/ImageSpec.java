package io.sparkcluster.plan;

import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.PythonSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One image of the hierarchy and what it is built from.
 *
 * @param role which image
 * @param source where the image comes from
 * @param repository the name that a built image gets, without its tag
 * @param buildArgs arguments of the build, without the parent's reference
 * @param runs whether nodes or pods run it; otherwise other images are only built on it
 * @param notebooks whether it contains the example notebooks
 * @param caCertificates the certificate authorities to add, if any
 * @param python further Python packages
 * @param architecture the architecture that it must have; empty for that of the engine
 */
public record ImageSpec(
        ImageRole role,
        ImageSource source,
        String repository,
        SortedMap<String, String> buildArgs,
        boolean runs,
        boolean notebooks,
        Optional<Path> caCertificates,
        PythonSpec python,
        Optional<Architecture> architecture) {

    /** Keeps its own copy. */
    public ImageSpec {
        buildArgs = Collections.unmodifiableSortedMap(new TreeMap<>(buildArgs));
    }

    /** Whether the program builds it. */
    public boolean isBuilt() {
        return source.isBuilt();
    }

    /** Build arguments together with the parent's reference. */
    public Map<String, String> buildArgsOn(Optional<String> parentReference) {
        var all = new TreeMap<>(buildArgs);
        parentReference.ifPresent(reference -> all.put("PARENT", reference));
        return all;
    }
}
