package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link SshConfig} tells {@code ssh} about one host, as words of its command line. They lie in a stack's state, and so are complete on another checkout, and for
 * {@code pulumi destroy} and {@code pulumi refresh}, which do not run the program. They hold no secret and no place of this checkout.
 */
final class SshOptions {

    /** Prints the host key, where a file would have to be there. */
    private static final String PRINT = "/bin/echo";

    private SshOptions() {}

    /** For whoever calls the host by its name. */
    static List<String> of(SshHosts hosts, SshHost host) {
        var words = new ArrayList<>(common(hosts));
        words.addAll(host(hosts, host.name(), host.login()));
        if (host.behindJumpHost()) {
            hosts.jumpHost().ifPresent(jump -> add(words, "ProxyCommand", proxy(hosts, jump)));
        }
        return List.copyOf(words);
    }

    /** Not by ProxyJump, which hands none of these words on to the other ssh. */
    private static String proxy(SshHosts hosts, SshLogin jump) {
        var words = new ArrayList<>(List.of("ssh"));
        words.addAll(common(hosts));
        words.addAll(host(hosts, SshConfig.JUMP_HOST, jump));
        return words.stream().map(SshOptions::quoted).collect(Collectors.joining(" ", "", " -W %h:%p "))
                + SshConfig.JUMP_HOST;
    }

    private static String quoted(String word) {
        // The outer ssh reads a percent sign as the start of its own words.
        return word.matches("[-=:,./~\\w]+") ? word : ShellWord.of(word).replace("%", "%%");
    }

    private static List<String> common(SshHosts hosts) {
        Path written = SshConfig.path(hosts).resolveSibling("known_hosts");
        var words = new ArrayList<>(List.of("-F", "none"));
        SshConfig.RULES.forEach((option, value) -> add(words, option, value));
        // Before OpenSSH 8.5 there is no such command; those versions need the file that the program writes.
        add(words, "IgnoreUnknown", "KnownHostsCommand");
        add(words, "UserKnownHostsFile", written.toString());
        return words;
    }

    private static List<String> host(SshHosts hosts, String name, SshLogin login) {
        var words = new ArrayList<String>();
        add(words, "HostName", login.host());
        add(words, "HostKeyAlias", name);
        add(words, "Port", Integer.toString(login.port()));
        add(words, "User", login.user());
        Optional<String> key = hosts.hostKey(login);
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
