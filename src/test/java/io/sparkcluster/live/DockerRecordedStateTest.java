package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an {@code up} of this version does to a cluster that an earlier one made. The state is what commit c8533d9 exported after its {@code up}, with an invented user and folder;
 * nothing of the cluster has to be there for a preview.
 */
@Tag("live")
@Tag("docker")
class DockerRecordedStateTest {

    private static final Path STATE = Path.of("src", "test", "resources", "states", "docker-c8533d9.json");

    private static final String RECORDED_UI_PORT = "20111";
    private static final String RECORDED_LAB_PORT = "20112";

    /** Images are named by what they are built from: what is in them is seen by their names. */
    private static final Map<String, Set<String>> MAY_CHANGE = Map.of(
            "docker:index/remoteImage:RemoteImage", Set.of("name", "build"),
            // The restart policy alone would change in place.
            "docker:index/container:Container", Set.of("image", "restart"),
            // It runs again after the nodes were replaced.
            "command:local:Command", Set.of());

    @TempDir
    private Path folder;

    @Test
    void aClusterOfAnEarlierVersionChangesByItsImagesOnly() throws IOException {
        try (var stack = LiveStack.create("recorded", folder)) {
            String state = Files.readString(STATE)
                    .replace(RECORDED_UI_PORT, Integer.toString(stack.uiPort()))
                    .replace(RECORDED_LAB_PORT, Integer.toString(stack.labPort()));
            stack.importState(Files.writeString(folder.resolve("recorded.json"), state));
            // As the stack was configured when its state was recorded.
            stack.configure(Map.of("platform", "docker", "workers.memory", "2g"));

            var changes = new TreeMap<String, String>();
            for (JsonElement each : stack.steps("--refresh=false")) {
                var step = each.getAsJsonObject();
                String op = step.get("op").getAsString();
                if (!op.equals("same") && !isExpected(step, op)) {
                    changes.put(step.get("urn").getAsString(), op + " for " + step.get("diffReasons"));
                }
            }

            assertThat(changes).as("changes that no image asks for").isEmpty();
        }
    }

    private static boolean isExpected(JsonObject step, String op) {
        String type = step.getAsJsonObject("newState").get("type").getAsString();
        Set<String> allowed = MAY_CHANGE.get(type);
        return op.equals("replace") && allowed != null && allowed.containsAll(reasons(step));
    }

    private static List<String> reasons(JsonObject step) {
        JsonArray reasons = step.getAsJsonArray("diffReasons");
        return reasons == null
                ? List.of()
                : StreamSupport.stream(reasons.spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList();
    }
}
