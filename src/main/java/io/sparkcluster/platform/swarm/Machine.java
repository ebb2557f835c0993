package io.sparkcluster.platform.swarm;

import com.google.auto.value.AutoValue;
import io.sparkcluster.platform.ssh.SshHost;
import io.sparkcluster.platform.ssh.SshLogin;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A machine of the Swarm. */
@AutoValue
public abstract class Machine {

    /** The label that every machine has; its value is the machine's name. */
    public static final String NAME_LABEL = "machine";

    Machine() {}

    /** A machine that is reached directly and has no labels. Its login's host must be an IPv4 address. */
    public static Machine of(String name, SshLogin login) {
        return new AutoValue_Machine.Builder()
                .name(name)
                .login(login)
                .behindJumpHost(false)
                .labels(new TreeMap<>())
                .build();
    }

    /** Its name, after which its resources are named: at most 32 lower-case letters, digits and hyphens. */
    public abstract String name();

    /** How SSH reaches it. */
    public abstract SshLogin login();

    /** Whether it is reached through the jump host. Default: false. */
    public abstract boolean behindJumpHost();

    /** Its IPv4 address in the network that joins the machines. Default: the host of its login, which must then be an IPv4 address. */
    public abstract Optional<String> address();

    /** Labels that {@link Placement} may ask for. Default: none. */
    public abstract SortedMap<String, String> labels();

    /** The same machine, reached through the jump host. */
    public Machine throughJumpHost() {
        return toBuilder().behindJumpHost(true).build();
    }

    /** The same machine with an IPv4 address in the network that joins the machines. */
    public Machine withAddress(String ipv4) {
        return toBuilder().address(ipv4).build();
    }

    /** The same machine with one more label. */
    public Machine withLabel(String label, String value) {
        var more = new TreeMap<>(labels());
        more.put(label, value);
        return toBuilder().labels(more).build();
    }

    /** The machine as a host that SSH reaches. */
    SshHost host() {
        return new SshHost(name(), login(), behindJumpHost());
    }

    /** The address by which the other machines reach it. */
    String swarmAddress() {
        return address().orElse(login().host());
    }

    /** Whether it has all these labels, {@link #NAME_LABEL} included. */
    boolean has(Map<String, String> wanted) {
        var all = new TreeMap<>(labels());
        all.put(NAME_LABEL, name());
        return all.entrySet().containsAll(wanted.entrySet());
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder name(String value);

        abstract Builder login(SshLogin value);

        abstract Builder behindJumpHost(boolean value);

        abstract Builder address(String value);

        abstract Builder labels(SortedMap<String, String> value);

        abstract SortedMap<String, String> labels();

        abstract Machine autoBuild();

        /** Copies the labels. */
        Machine build() {
            return labels(Collections.unmodifiableSortedMap(new TreeMap<>(labels())))
                    .autoBuild();
        }
    }
}
