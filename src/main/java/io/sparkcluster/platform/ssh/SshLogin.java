package io.sparkcluster.platform.ssh;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/** How a machine is reached by SSH. */
@AutoValue
public abstract class SshLogin {

    /** The default port of SSH servers. */
    public static final int PORT = 22;

    SshLogin() {}

    /** A login on port 22 with a key of the SSH agent; the host key is in the file of known hosts. */
    public static SshLogin of(String user, String host) {
        return new AutoValue_SshLogin.Builder().host(host).port(PORT).user(user).build();
    }

    /** The machine's name or address, as seen from this machine or, behind a jump host, from the jump host. */
    public abstract String host();

    /** Port of its SSH server. Default: 22. */
    public abstract int port();

    /** The user to log in as: root, or one who may use sudo without a password. */
    public abstract String user();

    /** File of the private key, without a passphrase. Default: the keys of the SSH agent. */
    public abstract Optional<String> keyFile();

    /**
     * The machine's public host key, for example {@code ssh-ed25519 AAAA…}. Default: the key in the file of known hosts; a machine without either is
     * refused.
     */
    public abstract Optional<String> hostKey();

    /** The same login with a private key in a file. */
    public SshLogin withKeyFile(String file) {
        return toBuilder().keyFile(file).build();
    }

    /** The same login on another port. */
    public SshLogin withPort(int other) {
        return toBuilder().port(other).build();
    }

    /** The same login with a given host key. */
    public SshLogin withHostKey(String key) {
        return toBuilder().hostKey(key).build();
    }

    /** The machine as messages and files of known hosts name it. */
    public String address() {
        return port() == PORT ? host() : "[" + host() + "]:" + port();
    }

    /** The prefix of a command that must run as root; empty if the user is root. */
    public String sudo() {
        return user().equals("root") ? "" : "sudo -n";
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder host(String value);

        abstract Builder port(int value);

        abstract Builder user(String value);

        abstract Builder keyFile(String value);

        abstract Builder hostKey(String value);

        abstract SshLogin build();
    }
}
