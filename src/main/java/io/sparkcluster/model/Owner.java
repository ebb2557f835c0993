package io.sparkcluster.model;

import java.util.regex.Pattern;

/**
 * Who a cluster belongs to: one Pulumi stack in its backend. Two checkouts with a state of their own are two owners, colleagues who share a backend are one.
 *
 * @param id identifies the owner: 8 to 40 lower-case letters and digits, made once and at random
 * @param name what people call the owner, for messages, for example {@code alice on laptop, /home/alice/demo, stack dev}
 */
public record Owner(String id, String name) {

    private static final Pattern ID = Pattern.compile("[a-z0-9]{8,40}");

    /**
     * Checks the identifier.
     *
     * @throws IllegalArgumentException when it is not one
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
