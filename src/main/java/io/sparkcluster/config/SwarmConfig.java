package io.sparkcluster.config;

import io.sparkcluster.model.Spelling;
import io.sparkcluster.platform.ssh.SshHosts;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.Machine;
import io.sparkcluster.platform.swarm.Placement;
import io.sparkcluster.platform.swarm.SwarmDelivery;
import io.sparkcluster.platform.swarm.SwarmSettings;
import io.sparkcluster.platform.swarm.SwarmWorkspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The keys that only a Swarm needs. */
final class SwarmConfig {

    private static final int MTU_EXAMPLE = 1400;
    private static final String MACHINES = "swarm.machines";
    private static final String PLACEMENT = "swarm.placement";
    private static final String SSH = "ssh";
    private static final Set<String> MACHINE_KEYS =
            Set.of("host", "port", "user", "keyFile", "hostKey", "address", "behindJumpHost");

    private final ConfigValues values;
    private final Optional<String> user;
    private final Optional<String> keyFile;
    private final int port;

    private SwarmConfig(ConfigValues values) {
        this.values = values;
        this.user = values.text("swarm.user");
        this.keyFile = values.text("swarm.keyFile");
        this.port = values.integer("swarm.port", SshLogin.PORT);
    }

    static SwarmSettings read(ConfigValues values, String cluster) {
        return new SwarmConfig(values).read(cluster);
    }

    private SwarmSettings read(String cluster) {
        var settings = SwarmSettings.builder(cluster).machines(machines());
        values.text("swarm.manager").ifPresent(settings::manager);
        jumpHost().ifPresent(settings::jumpHost);
        settings.knownHosts(SshHosts.userFile(values.text("swarm.knownHosts").orElse("~/.ssh/known_hosts")))
                .placement(placement())
                .workersPerMachine(values.integer("swarm.workersPerMachine", 0))
                .cpuReservationPercent(values.integer("swarm.cpuReservationPercent", 100))
                .delivery(delivery())
                .workspace(workspace());
        values.optionalInteger("swarm.mtu", MTU_EXAMPLE).ifPresent(settings::mtu);
        return settings.build();
    }

    /** The machines by name, of which the first manages the Swarm unless the configuration names another. */
    private List<Machine> machines() {
        var members = values.group(MACHINES);
        if (values.text(MACHINES).isPresent()) {
            values.refuse(
                    MACHINES,
                    "a list",
                    "it has a key for each machine, which is the machine's name",
                    "Write machines: {first: {host: 192.0.2.11}, second: {host: 192.0.2.12}}");
        }
        var machines = new ArrayList<Machine>();
        for (String name : values.members(MACHINES)) {
            var own = new TreeMap<String, String>();
            var labels = new TreeMap<String, String>();
            members.forEach((key, value) -> {
                String rest = key.startsWith(name + ".") ? key.substring(name.length() + 1) : "";
                if (rest.startsWith("labels.")) {
                    labels.put(rest.substring("labels.".length()), value);
                } else if (key.equals(name) || key.startsWith(name + ".")) {
                    own.put(rest, value);
                }
            });
            machines.add(machine(name, own, labels));
        }
        return machines;
    }

    private Machine machine(String name, Map<String, String> own, SortedMap<String, String> labels) {
        String field = MACHINES + "." + name;
        own.forEach((key, value) -> {
            if (!MACHINE_KEYS.contains(key)) {
                values.refuse(
                        field + (key.isEmpty() ? "" : "." + key),
                        key.isEmpty() ? value : "the key",
                        key.isEmpty() ? "a machine has keys, of which host is required" : "there is no such key",
                        Spelling.nearest(key, MACHINE_KEYS)
                                .map(near -> "Did you mean " + near + "? Otherwise remove it")
                                .orElse("A machine has " + String.join(", ", new TreeSet<>(MACHINE_KEYS))
                                        + " and labels"));
            }
        });
        var machine = Machine.of(name, login(field, own));
        for (var label : labels.entrySet()) {
            machine = machine.withLabel(label.getKey(), label.getValue());
        }
        if (values.parseBool(field + ".behindJumpHost", own.get("behindJumpHost"))) {
            machine = machine.throughJumpHost();
        }
        String address = own.get("address");
        return address == null ? machine : machine.withAddress(address);
    }

    private SshLogin login(String field, Map<String, String> own) {
        // A plain value in place of a machine's keys was refused before.
        if (!own.containsKey("host") && !own.containsKey("")) {
            values.missing(field + ".host", "Write the machine's name or address");
        }
        Optional<String> who = Optional.ofNullable(own.get("user")).or(() -> user);
        if (who.isEmpty()) {
            values.missing(field + ".user", "Set it here, or swarm.user for all machines");
        }
        var login = SshLogin.of(
                        who.orElse(""), Optional.ofNullable(own.get("host")).orElse(""))
                .withPort(Optional.ofNullable(own.get("port"))
                        .map(text -> values.parseInteger(field + ".port", text, SshLogin.PORT))
                        .orElse(port));
        var keyed = Optional.ofNullable(own.get("keyFile"))
                .or(() -> keyFile)
                .map(login::withKeyFile)
                .orElse(login);
        return Optional.ofNullable(own.get("hostKey")).map(keyed::withHostKey).orElse(keyed);
    }

    private Optional<SshLogin> jumpHost() {
        var own = new TreeMap<String, String>();
        for (String key : List.of("host", "port", "user", "keyFile", "hostKey")) {
            values.text("swarm.jumpHost." + key).ifPresent(value -> own.put(key, value));
        }
        return own.isEmpty() ? Optional.empty() : Optional.of(login("swarm.jumpHost", own));
    }

    private Placement placement() {
        var labels = new TreeMap<String, SortedMap<String, String>>();
        if (values.text(PLACEMENT).isPresent()) {
            values.refuse(
                    PLACEMENT,
                    "a text or a list",
                    "it has a key for each kind of node, with the labels that its machines must have",
                    "Write placement: {workers: {disk: ssd}}");
        }
        for (String section : values.members(PLACEMENT)) {
            labels.put(section, new TreeMap<>(values.group(PLACEMENT + "." + section)));
        }
        return Placement.bySection(labels);
    }

    private SwarmDelivery delivery() {
        Optional<String> registry = values.text("swarm.registry");
        var deliveries = new LinkedHashMap<String, Supplier<SwarmDelivery>>();
        deliveries.put(SSH, SwarmDelivery::ssh);
        deliveries.put(
                "registry",
                () -> SwarmDelivery.registry(values.needed(
                        registry,
                        "swarm.registry",
                        "delivery registry needs it",
                        "Name registry and path, for example registry.example.org/team")));
        return values.choice("swarm.delivery", deliveries, SSH).get();
    }

    private SwarmWorkspace workspace() {
        Optional<String> folder = values.text("swarm.workspace.hostPath");
        Optional<String> server = values.text("swarm.workspace.nfs.server");
        Optional<String> path = values.text("swarm.workspace.nfs.path");
        if (folder.isPresent() && (server.isPresent() || path.isPresent())) {
            values.refuse("swarm.workspace", "hostPath and nfs", "the workspace is one of them", "Remove the other");
        }
        if (server.isPresent() != path.isPresent()) {
            values.refuse(
                    "swarm.workspace.nfs",
                    server.or(() -> path).orElse(""),
                    "a share is a server and a path",
                    "Set swarm.workspace.nfs.server and swarm.workspace.nfs.path");
        }
        if (folder.isPresent() && !folder.get().startsWith("/")) {
            values.refuse("swarm.workspace.hostPath", folder.get(), "it must be an absolute path", "Start it with /");
        }
        if (folder.isPresent()) {
            return SwarmWorkspace.hostPath(folder.get());
        }
        return server.isPresent() && path.isPresent()
                ? SwarmWorkspace.nfs(server.get(), path.get())
                : SwarmWorkspace.edgeOnly();
    }
}
