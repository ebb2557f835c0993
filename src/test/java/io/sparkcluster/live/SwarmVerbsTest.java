package io.sparkcluster.live;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;

/** The Makefile's targets with the stack {@code swarm-testbed} of the test bed, on the machines of the test bed. */
@Tag("live")
@Tag("swarm")
@Tag("nightly")
class SwarmVerbsTest extends VerbsWalk {

    private final TreeMap<String, String> before = new TreeMap<>();

    SwarmVerbsTest() {
        super("swarm-testbed", "testswarm");
    }

    /** What a machine has that it did not have at first; the workspace is a folder that its administrator made, and stays. */
    @Override
    List<String> remains(String cluster) {
        return TestMachines.ADDRESS.keySet().stream()
                .sorted()
                .filter(machine -> {
                    String traces = TestMachines.traces(machine);
                    return !before.computeIfAbsent(machine, name -> traces).equals(traces);
                })
                .toList();
    }

    @Override
    List<String> workspace(String cluster) {
        return List.of();
    }
}
