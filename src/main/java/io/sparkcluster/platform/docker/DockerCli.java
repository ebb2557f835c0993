package io.sparkcluster.platform.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The {@code docker} command line, which knows the user's logins to registries.
 *
 * @param program its name or path
 * @param host the engine, if it is not the default one
 */
record DockerCli(String program, Optional<String> host) {

    /** Runs a command whose answers are a few lines, which fit the pipes' buffers. */
    Result run(Duration patience, String... arguments) {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        host.ifPresent(address -> builder.environment().put("DOCKER_HOST", address));
        try {
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(1, "", "it did not answer within " + patience.toSeconds() + " s");
            }
            return new Result(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Result(1, "", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(1, "", "interrupted");
        }
    }

    /** What a command left behind. */
    record Result(int code, String output, String error) {

        /** The last line of its error, in which the command line says why. */
        String reason() {
            return error.strip().lines().reduce((first, last) -> last).orElse("no reason given");
        }
    }
}
