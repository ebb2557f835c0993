package io.sparkcluster.platform.images;

import io.sparkcluster.platform.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code docker} command line, which knows the user's logins to registries.
 *
 * @param program its name or path
 * @param host the engine, if it is not the default one
 */
public record DockerCli(String program, Optional<String> host) {

    /** Runs it with some arguments, at most for that time. */
    public Processes.Result run(Duration patience, String... arguments) {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of(arguments));
        return Processes.run(
                patience, host.map(address -> Map.of("DOCKER_HOST", address)).orElse(Map.of()), command);
    }
}
