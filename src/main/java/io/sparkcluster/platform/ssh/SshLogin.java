package io.sparkcluster.platform.ssh;

import java.util.Optional;

/**
 * How a machine is reached by SSH.
 *
 * @param host the machine's name or address, as seen from this machine or, behind a jump host, from the jump host
 * @param port port of its SSH server. Default: 22
 * @param user the user to log in as: root, or one who may use sudo without a password
 * @param keyFile file of the private key, without a passphrase. Default: the keys of the SSH agent
 * @param hostKey the machine's public host key, for example {@code ssh-ed25519 AAAA…}. Default: the key in the file of known hosts; a machine without either is
 *     refused
 */
public record SshLogin(String host, int port, String user, Optional<String> keyFile, Optional<String> hostKey) {

    /** The default port of SSH servers. */
    public static final int PORT = 22;

    /** A login on port 22 with a key of the SSH agent; the host key is in the file of known hosts. */
    public static SshLogin of(String user, String host) {
        return new SshLogin(host, PORT, user, Optional.empty(), Optional.empty());
    }

    /** The same login with a private key in a file. */
    public SshLogin withKeyFile(String file) {
        return new SshLogin(host, port, user, Optional.of(file), hostKey);
    }

    /** The same login on another port. */
    public SshLogin withPort(int other) {
        return new SshLogin(host, other, user, keyFile, hostKey);
    }

    /** The same login with a given host key. */
    public SshLogin withHostKey(String key) {
        return new SshLogin(host, port, user, keyFile, Optional.of(key));
    }

    /** The machine as messages and files of known hosts name it. */
    public String address() {
        return port == PORT ? host : "[" + host + "]:" + port;
    }

    /** The prefix of a command that must run as root; empty if the user is root. */
    public String sudo() {
        return user.equals("root") ? "" : "sudo -n";
    }
}
