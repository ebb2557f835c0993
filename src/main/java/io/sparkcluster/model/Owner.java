package io.sparkcluster.model;

import java.util.regex.Pattern;

/**
 * The owner of a cluster: one Pulumi stack in its backend. Two checkouts with separate backends are two owners; colleagues who share a backend are one owner.
 *
 * @param id identifies the owner: 8 to 40 lower-case letters and digits, generated once at random
 * @param name describes the owner in messages, for example {@code alice on laptop, /home/alice/demo, stack dev}
 */
public record Owner(String id, String name) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{8,40}");

    /**
     * Checks the identifier.
     *
     * @throws IllegalArgumentException when the identifier is not 8 to 40 lower-case letters and digits
     */
    public Owner {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "an owner's id is 8 to 40 lower-case letters and digits, and this is none: \"" + id + '"');
        }
    }

    /** Whether a text can be an owner's identifier. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
