package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.ShellWord;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scripts for hosts. A host reads a script from standard input, with its values in front of it. So the values appear in no argument and no environment of a
 * process, and in no error that quotes the command.
 */
public final class SshScript {

    private SshScript() {}

    /** Values as assignments. A value must already be quoted for the shell, or be an array from {@link #list}. */
    public static String assignments(Map<String, String> values) {
        SortedMap<String, String> sorted = new TreeMap<>(values);
        return sorted.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Quotes words as a {@code bash} array. */
    public static String list(Collection<String> words) {
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" ", "(", ")"));
    }

    /**
     * A script whose first argument names the function to run. The shell reads the last line as a whole before it runs it, so that no command can read the rest
     * of the script.
     */
    public static String running(String functions) {
        return functions + "\n{ \"$1\" </dev/null; exit; }\n";
    }

    /** The command that runs a script from standard input as root. After the time limit it gets SIGTERM, and ten seconds later SIGKILL. */
    public static String command(SshLogin login, String verb, int seconds) {
        String sudo = login.sudo();
        return "exec " + (sudo.isEmpty() ? "" : sudo + " ") + "timeout -k 10 " + seconds + " bash -s -- " + verb;
    }
}
