package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.ShellWord;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scripts for hosts. A host reads its script from standard input, with its values in front of it: so that they stand in no argument and no environment of a process, nor in an
 * error that quotes the command.
 */
public final class SshScript {

    private SshScript() {}

    /** Values as assignments; one in round brackets is a list that {@link #list} made. */
    public static String assignments(Map<String, String> values) {
        SortedMap<String, String> sorted = new TreeMap<>(values);
        return sorted.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Words as the elements of an array. */
    public static String list(Collection<String> words) {
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" ", "(", ")"));
    }

    /** A script whose first argument names the function to run. It reads all of itself before it runs anything that could read the rest of it. */
    public static String running(String functions) {
        return functions + "\n{ \"$1\" </dev/null; exit; }\n";
    }

    /** The command that runs a script from standard input as root, within a time. */
    public static String command(SshLogin login, String verb, int seconds) {
        String sudo = login.sudo();
        return "exec " + (sudo.isEmpty() ? "" : sudo + " ") + "timeout -k 10 " + seconds + " bash -s -- " + verb;
    }
}
