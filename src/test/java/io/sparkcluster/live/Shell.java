package io.sparkcluster.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs commands with a bound, and waits for conditions with one. */
final class Shell {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private Shell() {}

    /** What a command left behind; standard output and error in the order in which they came are in {@code text}. */
    record Result(int code, String text) {

        Result orFail() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + ": " + text);
            }
            return this;
        }
    }

    static Result run(Duration limit, Path folder, Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile("command", ".log");
            try {
                var process = start(folder, environment, output, command);
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    end(process);
                    throw new AssertionError(List.of(command) + " did not end within " + limit + ": "
                            + Files.readString(output, StandardCharsets.UTF_8));
                }
                return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a command that is told nothing and whose whole output goes into a file. */
    static Process start(Path folder, Map<String, String> environment, Path output, String... command)
            throws IOException {
        var process = startOpen(folder, environment, output, command);
        process.getOutputStream().close();
        return process;
    }

    /** Starts a command to which the caller writes. */
    static Process startOpen(Path folder, Map<String, String> environment, Path output, String... command)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        if (!environment.containsKey("PULUMI_BACKEND_URL")) {
            // What a test starts without a state of its own must not find that of the test run.
            builder.environment().keySet().removeIf(name -> name.startsWith("PULUMI_"));
        }
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result docker(String... arguments) {
        return docker(Map.of(), arguments);
    }

    /** On the engine that the environment names. */
    static Result docker(Map<String, String> engine, String... arguments) {
        var command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(Duration.ofMinutes(6), Path.of("."), engine, command);
    }

    /** Looks again until the condition holds. */
    static void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
