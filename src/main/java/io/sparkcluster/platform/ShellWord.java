package io.sparkcluster.platform;

/** Quotes texts as single words of a POSIX shell. */
public final class ShellWord {

    private ShellWord() {}

    /** The text in single quotes. */
    public static String of(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The text, quoted only if the shell needs it, for commands that people read. */
    public static String readable(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : of(text);
    }
}
