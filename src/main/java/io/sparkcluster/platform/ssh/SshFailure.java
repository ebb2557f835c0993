package io.sparkcluster.platform.ssh;

import io.sparkcluster.model.Problem;
import java.util.Locale;

/** Explains why a host cannot be reached, from the output of {@code ssh}. */
public final class SshFailure {

    private SshFailure() {}

    /**
     * The problem, with the part of the host's login that causes it as its field.
     *
     * @param field the configuration key below which the login is described
     * @param host the host that was asked
     * @param output the output of {@code ssh}
     */
    public static Problem of(String field, SshHost host, String output) {
        SshLogin login = host.login();
        String text = output.toLowerCase(Locale.ROOT);
        String last = output.strip().lines().reduce((first, line) -> line).orElse("no reason given");
        String way = host.behindJumpHost() ? " through the jump host" : "";
        if (text.contains("host key verification failed")
                || text.contains("host identification has changed")
                || text.contains("host key for")) {
            return new Problem(
                    field + ".hostKey",
                    login.address(),
                    "another host key answers there than the one that is known: either another machine answers, or the machine was made"
                            + " anew",
                    "Compare it on the machine's own console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then bring hostKey or"
                            + " the file of known hosts up to date");
        }
        if (text.contains("permission denied")) {
            return new Problem(
                    field + ".user",
                    login.user() + "@" + login.address(),
                    "the machine lets this user in with none of the keys (" + last + ")",
                    "Correct user or keyFile, or put the public key into ~/.ssh/authorized_keys of that user");
        }
        if (text.contains("identity file") || text.contains("load key") || text.contains("unprotected private key")) {
            return new Problem(
                    field + ".keyFile",
                    login.keyFile().orElse("(agent)"),
                    "ssh cannot use this key (" + last + ")",
                    "Name the file of a private key that only you may read");
        }
        if (text.contains("could not resolve")) {
            return new Problem(
                    field + ".host",
                    login.host(),
                    "there is no such host (" + last + ")",
                    "Correct the name, or write its address");
        }
        return new Problem(
                field + ".host",
                login.address(),
                "no SSH server answers there" + way + " (" + last + ")",
                "Start the machine, correct host and port, or let them through the firewall"
                        + (host.behindJumpHost()
                                ? ""
                                : "; a machine that is reached through another needs behindJumpHost"));
    }
}
