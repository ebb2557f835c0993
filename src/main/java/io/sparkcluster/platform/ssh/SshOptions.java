package io.sparkcluster.platform.ssh;

import io.sparkcluster.platform.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link SshConfig} says about one host, as options of the command line of {@code ssh}. A stack's state keeps them, so they must also work in another
 * checkout, and for {@code pulumi destroy} and {@code pulumi refresh}, which do not run the program. They hold no secret and no absolute path of this checkout.
 */
final class SshOptions {

    /** Prints the host key, so that no file of known hosts is needed. */
    private static final String PRINT = "/bin/echo";

    private SshOptions() {}

    /** The options for an {@code ssh} that calls the host by its name. */
    static List<String> of(SshHosts hosts, SshHost host) {
        var words = new ArrayList<>(common(hosts));
        words.addAll(host(hosts, host.name(), host.login()));
        if (host.behindJumpHost()) {
            hosts.jumpHost().ifPresent(jump -> add(words, "ProxyCommand", proxy(hosts, jump)));
        }
        return List.copyOf(words);
    }

    /** The command that reaches the jump host. {@code ProxyJump} would pass none of these options on to the second {@code ssh}. */
    private static String proxy(SshHosts hosts, SshLogin jump) {
        var words = new ArrayList<>(List.of("ssh"));
        words.addAll(common(hosts));
        words.addAll(host(hosts, SshConfig.JUMP_HOST, jump));
        return words.stream().map(SshOptions::quoted).collect(Collectors.joining(" ", "", " -W %h:%p "))
                + SshConfig.JUMP_HOST;
    }

    private static String quoted(String word) {
        // The outer ssh would read a single percent sign as the start of a token.
        return word.matches("[-=:,./~\\w]+") ? word : ShellWord.of(word).replace("%", "%%");
    }

    private static List<String> common(SshHosts hosts) {
        Path written = SshConfig.path(hosts).resolveSibling("known_hosts");
        var words = new ArrayList<>(List.of("-F", "none"));
        SshConfig.RULES.forEach((option, value) -> add(words, option, value));
        // OpenSSH before 8.5 lacks KnownHostsCommand and needs the file that the program writes.
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
