package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The edge node of a cluster on Podman.
 *
 * @param engine the environment in which the docker command finds Podman
 * @param name the container
 */
record PodmanEdge(Map<String, String> engine, String name) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    Shell.Result run(String... arguments) {
        return Shell.run(LIMIT, Path.of("."), engine, inside(arguments));
    }

    Process start(Path log, String... arguments) throws IOException {
        return Shell.start(Path.of("."), engine, log, inside(arguments));
    }

    /** The one place of a notebook on the workspace. */
    String notebook(String file) {
        String found = run("find", "/workspace", "-name", file, "-not", "-path", "*/.*")
                .orFail()
                .text()
                .strip();
        assertThat(found).startsWith("/workspace/").hasLineCount(1);
        return found;
    }

    /** Puts a file of this machine onto the workspace. */
    void copy(Path file) throws IOException {
        run(
                        "python3",
                        "-c",
                        "import sys; open('/workspace/' + sys.argv[1], 'w').write(sys.argv[2])",
                        file.getFileName().toString(),
                        Files.readString(file))
                .orFail();
    }

    private String[] inside(String... arguments) {
        var all = new ArrayList<>(List.of("docker", "exec", name));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
