package io.sparkcluster.platform.swarm;

import io.sparkcluster.platform.ssh.SshHost;
import io.sparkcluster.platform.ssh.SshLogin;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A machine of the Swarm.
 *
 * @param name its name, after which its resources are named: at most 32 lower-case letters, digits and hyphens
 * @param login how SSH reaches it
 * @param behindJumpHost whether it is reached through the jump host. Default: false
 * @param address its IPv4 address in the network that joins the machines. Default: the host of its login, which must then be an IPv4 address
 * @param labels labels that {@link Placement} may ask for. Default: none
 */
public record Machine(
        String name,
        SshLogin login,
        boolean behindJumpHost,
        Optional<String> address,
        SortedMap<String, String> labels) {

    /** The label that every machine has; its value is the machine's name. */
    public static final String NAME_LABEL = "machine";

    /** Copies the labels. */
    public Machine {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** A machine that is reached directly and has no labels. Its login's host must be an IPv4 address. */
    public static Machine of(String name, SshLogin login) {
        return new Machine(name, login, false, Optional.empty(), new TreeMap<>());
    }

    /** The same machine, reached through the jump host. */
    public Machine throughJumpHost() {
        return new Machine(name, login, true, address, labels);
    }

    /** The same machine with one more label. */
    public Machine withLabel(String label, String value) {
        var more = new TreeMap<>(labels);
        more.put(label, value);
        return new Machine(name, login, behindJumpHost, address, more);
    }

    /** The machine as a host that SSH reaches. */
    SshHost host() {
        return new SshHost(name, login, behindJumpHost);
    }

    /** The address by which the other machines reach it. */
    String swarmAddress() {
        return address.orElse(login.host());
    }

    /** Whether it has all these labels, {@link #NAME_LABEL} included. */
    boolean has(Map<String, String> wanted) {
        var all = new TreeMap<>(labels);
        all.put(NAME_LABEL, name);
        return all.entrySet().containsAll(wanted.entrySet());
    }
}
