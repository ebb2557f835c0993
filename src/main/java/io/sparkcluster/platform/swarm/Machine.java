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
 * @param name how it is called here; its resources are named after it. Lower-case letters, digits and hyphens
 * @param login how it is reached
 * @param behindJumpHost whether it is reached through the jump host only. Default: false
 * @param address its IPv4 address in the network that joins the machines. Default: the host of its login, if that is an address
 * @param labels what placement may ask for. Default: none
 */
public record Machine(
        String name,
        SshLogin login,
        boolean behindJumpHost,
        Optional<String> address,
        SortedMap<String, String> labels) {

    /** The label that every machine has, with its name as value. */
    public static final String NAME_LABEL = "machine";

    /** Keeps its own copy. */
    public Machine {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** A machine that is reached from here and has no labels. */
    public static Machine of(String name, SshLogin login) {
        return new Machine(name, login, false, Optional.empty(), new TreeMap<>());
    }

    /** The same machine, reached through the jump host only. */
    public Machine throughJumpHost() {
        return new Machine(name, login, true, address, labels);
    }

    /** The same machine with one more label. */
    public Machine withLabel(String label, String value) {
        var more = new TreeMap<>(labels);
        more.put(label, value);
        return new Machine(name, login, behindJumpHost, address, more);
    }

    /** The machine as one of the hosts that are reached by SSH. */
    SshHost host() {
        return new SshHost(name, login, behindJumpHost);
    }

    /** Where the other machines reach it. */
    String swarmAddress() {
        return address.orElse(login.host());
    }

    boolean has(Map<String, String> wanted) {
        var all = new TreeMap<>(labels);
        all.put(NAME_LABEL, name);
        return all.entrySet().containsAll(wanted.entrySet());
    }
}
