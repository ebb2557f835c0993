package io.sparkcluster.platform;

import java.util.regex.Pattern;

/** Words for a POSIX shell. */
public final class Shell {

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private Shell() {}

    /** A word that the shell reads as it stands, in quotes only where it needs them. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : literal(word);
    }

    /** A word that the shell reads as it stands, always in quotes. */
    public static String literal(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
