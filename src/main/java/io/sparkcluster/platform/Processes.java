package io.sparkcluster.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands of this machine, each within a time, as checks do before anything is made. */
public final class Processes {

    private Processes() {}

    /**
     * What a command left behind.
     *
     * @param code its exit code, -1 when it could not be run or did not end in time; the error says which
     */
    public record Result(int code, String output, String error) {

        /** The last line of its error, in which command lines say why. */
        public String reason() {
            return error.strip().lines().reduce((first, last) -> last).orElse("no reason given");
        }
    }

    /** Runs a command that reads nothing. */
    public static Result run(Duration patience, Map<String, String> environment, List<String> command) {
        return run(patience, environment, command, "");
    }

    /**
     * Runs a command to its end.
     *
     * @param patience after which it is killed
     * @param environment set besides this program's own
     * @param input what it reads
     */
    public static Result run(Duration patience, Map<String, String> environment, List<String> command, String input) {
        try {
            // In files, since an answer that nobody reads would fill a pipe, and the command would never end.
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
                if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Result(-1, "", "it did not answer within " + patience.toSeconds() + " s");
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
