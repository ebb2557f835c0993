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
 * @param host the engine's address; empty for the default engine
 */
public record DockerCli(String program, Optional<String> host) {

    /**
     * Runs the command line.
     *
     * @param limit time after which it is killed, in whole seconds
     */
    public Processes.Result run(Duration limit, String... arguments) {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of(arguments));
        return Processes.run(
                limit, host.map(address -> Map.of("DOCKER_HOST", address)).orElse(Map.of()), command);
    }
}
