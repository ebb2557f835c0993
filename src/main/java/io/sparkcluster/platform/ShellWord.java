package io.sparkcluster.platform;

/** Texts as single words of a POSIX shell. */
public final class ShellWord {

    private ShellWord() {}

    /** A word in quotes. */
    public static String of(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** A word in quotes where it needs them, for commands that people read. */
    public static String readable(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : of(text);
    }
}
