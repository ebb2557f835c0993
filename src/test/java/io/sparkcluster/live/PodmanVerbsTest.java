package io.sparkcluster.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The Makefile's targets with the committed stack {@code podman}. */
@Tag("live")
@Tag("podman")
@Tag("nightly")
class PodmanVerbsTest extends VerbsWalk {

    PodmanVerbsTest() {
        super("podman", "testpodman");
    }

    @Override
    List<String> remains(String cluster) {
        var engine = Map.of("DOCKER_HOST", System.getenv("CONTAINER_HOST"));
        String filter = "label=io.sparkcluster.cluster=" + cluster;
        var all = new ArrayList<String>();
        for (var kind : List.of(
                List.of("ps", "--all", "--filter", filter, "--format", "container {{.Names}}"),
                List.of("network", "ls", "--filter", filter, "--format", "network {{.Name}}"),
                List.of("volume", "ls", "--filter", filter, "--format", "volume {{.Name}}"))) {
            Shell.docker(engine, kind.toArray(String[]::new))
                    .orFail()
                    .text()
                    .lines()
                    .forEach(all::add);
        }
        return all;
    }

    @Override
    List<String> workspace(String cluster) {
        return List.of("volume " + cluster + "-workspace");
    }
}
