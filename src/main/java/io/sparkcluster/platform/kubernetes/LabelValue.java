package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Sha256;
import java.util.regex.Pattern;

/**
 * Turns texts into valid values of labels. See <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">Syntax and character set</a>.
 */
final class LabelValue {

    /** The most characters that a value may have. */
    static final int LONGEST = 63;

    private static final int HASH = 12;
    private static final Pattern VALID = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?");

    private LabelValue() {}

    /** The text itself if it is a valid value; else its valid characters with a hash of the whole text, so that different texts get different values. */
    static String of(String text) {
        if (text.length() <= LONGEST && VALID.matcher(text).matches()) {
            return text;
        }
        String readable = text.replaceAll("[^A-Za-z0-9_.-]", ".").replaceAll("^[_.-]+", "");
        String start = readable.substring(0, Math.min(readable.length(), LONGEST - HASH - 1));
        String hash = Sha256.first(HASH, text);
        return start.isEmpty() ? hash : start + "-" + hash;
    }
}
