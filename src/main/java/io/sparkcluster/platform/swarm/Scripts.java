package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Owner;
import io.sparkcluster.platform.BundledScript;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.ssh.RemoteScript;
import io.sparkcluster.platform.ssh.SshScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that run on machines: resource files in the package of this class. */
final class Scripts {

    /** Parts that a script needs in addition to the parts of all scripts. */
    private static final Map<String, List<String>> PARTS = Map.of("machine", List.of("packages"));

    private Scripts() {}

    /** The text of one of these files. */
    static String file(String name) {
        return BundledScript.text(Scripts.class, name);
    }

    /**
     * A complete script. Its first argument is the verb to run.
     *
     * @param name the script's file name without its extension
     * @param values variables that the script reads
     */
    static String of(String name, Map<String, String> values) {
        return SshScript.assignments(values) + functions(name);
    }

    /** The script without its values. */
    private static String functions(String name) {
        String parts = Stream.concat(
                        Stream.of("common", "owners"),
                        Stream.concat(PARTS.getOrDefault(name, List.of()).stream(), Stream.of(name)))
                .map(part -> file(part + ".sh"))
                .collect(Collectors.joining());
        return SshScript.running("set -euo pipefail\n" + parts);
    }

    /** The values that every script needs: the cluster's name and its owner. */
    static Map<String, String> owned(SwarmSettings settings, Owner owner) {
        return Map.of(
                "OWNER",
                ShellWord.of(owner.id()),
                "OWNER_NAME",
                ShellWord.of(owner.name()),
                "SWARM",
                ShellWord.of(settings.name()));
    }

    /** Runs scripts on these machines, for the owner of the running stack. */
    static RemoteScript on(SwarmSettings settings) {
        return new RemoteScript(
                settings.hosts(), () -> owned(settings, Ownership.current().owner()));
    }

    /** A step that is undone when its resource is deleted. The name is the script's file name without its extension. */
    static RemoteScript.Step step(String name, String create, String delete, Duration limit) {
        return RemoteScript.Step.of(functions(name), create, delete, limit);
    }

    /** A step that leaves nothing to undo. The name is the script's file name without its extension. */
    static RemoteScript.Step once(String name, String create, Duration limit) {
        return RemoteScript.Step.once(functions(name), create, limit);
    }
}
