package io.sparkcluster.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as it is written into names: the first digits of it. */
public final class Sha256 {

    private Sha256() {}

    /** A digest to which content is added. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The first hexadecimal digits of what was added. */
    public static String first(int digits, MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
    }

    /** The first hexadecimal digits of a text's digest. */
    public static String first(int digits, String text) {
        var digest = digest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return first(digits, digest);
    }
}
