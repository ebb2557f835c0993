package io.sparkcluster.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine, each with a time limit. */
public final class Processes {

    private Processes() {}

    /**
     * What a command left behind.
     *
     * @param code its exit code, or -1 when it could not be run or did not end in time; {@code error} says which
     * @param output its standard output
     * @param error its standard error
     */
    public record Result(int code, String output, String error) {

        /** The last line of standard error, where most commands give the reason of a failure. */
        public String reason() {
            return error.strip().lines().reduce((first, last) -> last).orElse("no reason given");
        }
    }

    /** Runs a command whose standard input is empty. */
    public static Result run(Duration limit, Map<String, String> environment, List<String> command) {
        return run(limit, environment, command, "");
    }

    /**
     * Runs a command to its end. A failure of any kind is part of the result, and not thrown.
     *
     * @param limit time after which the command and its child processes are killed
     * @param environment variables that are set besides those of this program
     * @param input the command's standard input
     */
    public static Result run(Duration limit, Map<String, String> environment, List<String> command, String input) {
        try {
            // Files, not pipes: output that nobody reads would fill a pipe, and the command would never end.
            Path folder = Files.createTempDirectory("command");
            Path in = Files.writeString(folder.resolve("in"), input);
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            try {
                var builder = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(environment);
                var process = builder.start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    // ssh, kubectl and docker start helpers, which would hold the output's files open.
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    return new Result(-1, "", "it did not answer within " + limit.toSeconds() + " s");
                }
                return new Result(process.exitValue(), text(out), text(err));
            } finally {
                for (Path file : List.of(in, out, err, folder)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            return new Result(-1, "", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "", "interrupted");
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
