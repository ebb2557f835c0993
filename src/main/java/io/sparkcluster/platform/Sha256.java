package io.sparkcluster.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests, shortened for use in names. */
public final class Sha256 {

    private Sha256() {}

    /** A new digest, to which the caller adds content. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The first hexadecimal digits, at most 64, of what was added to a digest. Resets the digest. */
    public static String first(int digits, MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
    }

    /** The first hexadecimal digits, at most 64, of a text's digest. */
    public static String first(int digits, String text) {
        var digest = digest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return first(digits, digest);
    }
}
