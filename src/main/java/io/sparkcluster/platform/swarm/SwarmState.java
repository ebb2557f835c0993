package io.sparkcluster.platform.swarm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What of a Swarm the state of a stack knows.
 *
 * @param identifiers identifiers of its resources
 * @param machines names of the machines that it took into the Swarm
 * @param volumes names of the volumes that it made on single machines
 */
record SwarmState(Set<String> identifiers, Set<String> machines, Set<String> volumes) {

    /** A state without resources. */
    static final SwarmState NOTHING = new SwarmState(Set.of(), Set.of(), Set.of());

    private static final String COMMAND = "command:remote:Command";

    /** The end of the name of the step that takes a machine into the Swarm; the start is up to the program. */
    private static final Pattern MACHINE = Pattern.compile(".*::spark-machines-([a-z0-9-]+)-swarm");

    private static final Pattern VOLUME = Pattern.compile("(?m)^VOLUME='([^']+)'$");

    /** Keeps its own copies. */
    SwarmState {
        identifiers = Set.copyOf(identifiers);
        machines = Set.copyOf(machines);
        volumes = Set.copyOf(volumes);
    }

    /** Reads it when it is first asked for, and once. */
    static Supplier<SwarmState> of(Supplier<List<JsonObject>> resources) {
        var read = new AtomicReference<Optional<SwarmState>>(Optional.empty());
        return () -> read.updateAndGet(known -> known.or(() -> Optional.of(of(resources.get()))))
                .orElseThrow();
    }

    static SwarmState of(List<JsonObject> resources) {
        var identifiers = new LinkedHashSet<String>();
        var machines = new LinkedHashSet<String>();
        var volumes = new LinkedHashSet<String>();
        for (JsonObject resource : resources) {
            identifiers.add(text(resource.get("id")));
            if (text(resource.get("type")).equals(COMMAND)) {
                var name = MACHINE.matcher(text(resource.get("urn")));
                if (name.matches()) {
                    machines.add(name.group(1));
                }
                if (resource.get("inputs") instanceof JsonObject inputs) {
                    VOLUME.matcher(text(inputs.get("stdin"))).results().forEach(volume -> volumes.add(volume.group(1)));
                }
            }
        }
        identifiers.remove("");
        return new SwarmState(identifiers, machines, volumes);
    }

    private static String text(JsonElement value) {
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
