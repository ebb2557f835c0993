package io.sparkcluster.model;

import java.util.regex.Pattern;

/**
 * The names by which engines pull images, by the <a
 * href="https://pkg.go.dev/github.com/distribution/reference">grammar of references</a>.
 */
final class ImageReference {

    private static final String REGISTRY = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d{1,5})?/)?";
    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String TAG = "(?::\\w[\\w.-]{0,127})?";
    private static final String DIGEST = "(?:@[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,})?";
    private static final Pattern REFERENCE = Pattern.compile(REGISTRY + PART + "(?:/" + PART + ")*" + TAG + DIGEST);
    private static final int LONGEST = 512;

    private ImageReference() {}

    static boolean isReference(String text) {
        return text.length() <= LONGEST && REFERENCE.matcher(text).matches();
    }
}
