package io.sparkcluster.platform.swarm;

import io.sparkcluster.platform.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link SshConfig} tells {@code ssh} about one machine, as words of its command line. They lie in a stack's state, and so are complete on another checkout, and for
 * {@code pulumi destroy} and {@code pulumi refresh}, which do not run the program. They hold no secret and no place of this checkout.
 */
final class SshOptions {

    /** Prints the host key, where a file would have to be there. */
    private static final String PRINT = "/bin/echo";

    private SshOptions() {}

    /** For the docker provider, which calls the machine by its name. */
    static List<String> of(SwarmSettings settings, Machine machine) {
        var words = new ArrayList<>(common(settings));
        words.addAll(host(settings, machine.name(), machine.login()));
        if (machine.behindJumpHost()) {
            settings.jumpHost().ifPresent(jump -> add(words, "ProxyCommand", proxy(settings, jump)));
        }
        return List.copyOf(words);
    }

    /** Not by ProxyJump, which hands none of these words on to the other ssh. */
    private static String proxy(SwarmSettings settings, SshLogin jump) {
        var words = new ArrayList<>(List.of("ssh"));
        words.addAll(common(settings));
        words.addAll(host(settings, SshConfig.JUMP_HOST, jump));
        return words.stream().map(SshOptions::quoted).collect(Collectors.joining(" ", "", " -W %h:%p "))
                + SshConfig.JUMP_HOST;
    }

    private static String quoted(String word) {
        // The outer ssh reads a percent sign as the start of its own words.
        return word.matches("[-=:,./~\\w]+") ? word : ShellWord.of(word).replace("%", "%%");
    }

    private static List<String> common(SwarmSettings settings) {
        Path written = SshConfig.path(settings).resolveSibling("known_hosts");
        var words = new ArrayList<>(List.of("-F", "none"));
        SshConfig.RULES.forEach((option, value) -> add(words, option, value));
        // Before OpenSSH 8.5 there is no such command; those versions need the file that the program writes.
        add(words, "IgnoreUnknown", "KnownHostsCommand");
        add(words, "UserKnownHostsFile", written.toString());
        return words;
    }

    private static List<String> host(SwarmSettings settings, String name, SshLogin login) {
        var words = new ArrayList<String>();
        add(words, "HostName", login.host());
        add(words, "HostKeyAlias", name);
        add(words, "Port", Integer.toString(login.port()));
        add(words, "User", login.user());
        Optional<String> key = KnownHosts.key(login, settings.knownHosts());
        key.ifPresent(known -> add(words, "KnownHostsCommand", PRINT + " " + name + " " + known));
        login.keyFile().ifPresent(file -> {
            add(words, "IdentityFile", "\"" + file + "\"");
            add(words, "IdentitiesOnly", "yes");
        });
        return words;
    }

    private static void add(List<String> words, String option, String value) {
        words.add("-o");
        words.add(option + "=" + value);
    }
}
