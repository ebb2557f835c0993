package io.sparkcluster.platform.ssh;

import java.util.Optional;

/**
 * How a machine is reached by SSH.
 *
 * @param host its name or address, as seen from here or, behind a jump host, from there
 * @param port port of its SSH server. Default: 22
 * @param user the user to log in as: root, or one who may use sudo without a password
 * @param keyFile file of the private key, without a passphrase. Default: the keys of the SSH agent
 * @param hostKey the machine's public host key, for example {@code ssh-ed25519 AAAA…}. Default: what the file of known hosts says; a machine
 *     whose key is in neither is refused
 */
public record SshLogin(String host, int port, String user, Optional<String> keyFile, Optional<String> hostKey) {

    /** The port of SSH servers. */
    public static final int PORT = 22;

    /** A user on the usual port, with a key of the SSH agent and a host key that is known. */
    public static SshLogin of(String user, String host) {
        return new SshLogin(host, PORT, user, Optional.empty(), Optional.empty());
    }

    /** The same with a private key in a file. */
    public SshLogin withKeyFile(String file) {
        return new SshLogin(host, port, user, Optional.of(file), hostKey);
    }

    /** The same on another port. */
    public SshLogin withPort(int other) {
        return new SshLogin(host, other, user, keyFile, hostKey);
    }

    /** The same, whose host key is that one. */
    public SshLogin withHostKey(String key) {
        return new SshLogin(host, port, user, keyFile, Optional.of(key));
    }

    /** How it is called in messages and in a file of known hosts. */
    public String address() {
        return port == PORT ? host : "[" + host + "]:" + port;
    }

    /** What stands before a command that root must run. */
    public String sudo() {
        return user.equals("root") ? "" : "sudo -n";
    }
}
