package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Owner;
import io.sparkcluster.platform.BundledScript;
import io.sparkcluster.platform.ShellWord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scripts that run on machines. A machine reads its script from standard input, with its values in front of it: so that they stand in no argument and no
 * environment of a process, nor in an error that quotes the command.
 */
final class Scripts {

    /** What a script consists of besides itself and what all have. */
    private static final Map<String, List<String>> PARTS = Map.of("machine", List.of("packages"));

    private Scripts() {}

    /** The text of one of the files beside this class. */
    static String file(String name) {
        return BundledScript.text(Scripts.class, name);
    }

    /**
     * A whole script, whose first argument is the verb to run.
     *
     * @param name the subject, a file without its ending
     * @param values variables that it reads
     */
    static String of(String name, Map<String, String> values) {
        return assignments(values) + functions(name);
    }

    /** The part that holds no values. It reads all of itself before it runs anything that could read the rest of it. */
    static String functions(String name) {
        String parts = Stream.concat(
                        Stream.of("common", "owners"),
                        Stream.concat(PARTS.getOrDefault(name, List.of()).stream(), Stream.of(name)))
                .map(part -> file(part + ".sh"))
                .collect(Collectors.joining());
        return "set -euo pipefail\n" + parts + "\n{ \"$1\" </dev/null; exit; }\n";
    }

    /** Values as assignments; one in round brackets is a list that {@link #list} made. */
    static String assignments(Map<String, String> values) {
        SortedMap<String, String> sorted = new TreeMap<>(values);
        return sorted.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The values that every script needs: the cluster, and who owns what is made. */
    static Map<String, String> owned(SwarmSettings settings, Owner owner) {
        return Map.of(
                "OWNER",
                ShellWord.of(owner.id()),
                "OWNER_NAME",
                ShellWord.of(owner.name()),
                "SWARM",
                ShellWord.of(settings.name()));
    }

    /** Words as the elements of an array. */
    static String list(Collection<String> words) {
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" ", "(", ")"));
    }

    /** The command that runs a script from standard input as root, within a time. */
    static String command(SshLogin login, String verb, int seconds) {
        String sudo = login.sudo();
        return "exec " + (sudo.isEmpty() ? "" : sudo + " ") + "timeout -k 10 " + seconds + " bash -s -- " + verb;
    }
}
