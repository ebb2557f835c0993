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
 * What a stack's state has of a Swarm.
 *
 * @param identifiers the identifiers of the stack's resources
 * @param machines the names of the machines that the stack took into the Swarm
 * @param volumes the names of the volumes that the stack made on single machines
 */
record SwarmState(Set<String> identifiers, Set<String> machines, Set<String> volumes) {

    /** A state without resources. */
    static final SwarmState NOTHING = new SwarmState(Set.of(), Set.of(), Set.of());

    private static final String COMMAND = "command:remote:Command";

    /**
     * The URN of the step that takes a machine into the Swarm, for the component {@code spark}: releases without owners had no other. Machines of other
     * components of the same program are not this one's.
     */
    private static final Pattern MACHINE = Pattern.compile(".*::spark-machines-([a-z0-9-]+)-swarm");

    private static final Pattern VOLUME = Pattern.compile("(?m)^VOLUME='([^']+)'$");

    /** Copies the sets. */
    SwarmState {
        identifiers = Set.copyOf(identifiers);
        machines = Set.copyOf(machines);
        volumes = Set.copyOf(volumes);
    }

    /** Reads the state once, at the first use. */
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
