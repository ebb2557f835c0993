package io.sparkcluster.platform.swarm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of this machine within a time. */
final class Processes {

    private Processes() {}

    /**
     * What a command left behind.
     *
     * @param code its exit code, -1 when it could not be run or did not end in time
     */
    record Result(int code, String output, String error) {}

    static Result run(Duration patience, List<String> command, String input) {
        try {
            // In files, since an answer that nobody reads would fill a pipe, and the command would never end.
            Path folder = Files.createTempDirectory("command");
            Path in = Files.writeString(folder.resolve("in"), input);
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            try {
                var process = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Result(-1, "", "no answer within " + patience.toSeconds() + " s");
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
