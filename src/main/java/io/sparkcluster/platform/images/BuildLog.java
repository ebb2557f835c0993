package io.sparkcluster.platform.images;

import com.pulumi.core.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says why a step of an image's build failed. The docker provider's error has no more than the step's exit code, but the provider writes the build's log into
 * a file, and the shell of our steps ends a failure with lines for this class ({@code images/step}). The file is read while the build runs:
 * once the provider has answered, Pulumi ends the program.
 */
final class BuildLog {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** BuildKit puts a step's number and the seconds since its start before each line. */
    private static final Pattern LINE = Pattern.compile("(?:#\\d+ (?:[\\d.]+ )?)?build-step([:|]) ?(.*)");

    private static final String FAILED = "failed with ";
    private static final String REMEDY = "remedy: ";

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "build-log");
        thread.setDaemon(true);
        return thread;
    });

    private final Path file;
    private final String image;
    private final Consumer<String> report;
    private volatile boolean done;
    private long size = -1;

    private BuildLog(Path file, String image, Consumer<String> report) {
        this.file = file;
        this.image = image;
        this.report = report;
    }

    /**
     * Follows a build that is about to start. What an earlier build wrote is removed.
     *
     * @param file where the log will be
     * @param image which one is built
     * @param built known when the build succeeded
     * @param report gets the reason of a failure, as lines of text
     */
    static void follow(Path file, String image, Output<?> built, Consumer<String> report) {
        var log = new BuildLog(file, image, report);
        built.applyValue(value -> {
            log.done = true;
            return value;
        });
        log.schedule();
    }

    /** Removes what an earlier build of the same image left: the provider appends. */
    static void clear(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Then the log holds both builds, and the failure of the last one is reported.
        }
    }

    private void schedule() {
        if (!done) {
            var unused = CLOCK.schedule(this::look, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            if (Files.exists(file) && Files.size(file) != size) {
                size = Files.size(file);
                failure(Files.readString(file, StandardCharsets.ISO_8859_1)
                                .lines()
                                .toList())
                        .ifPresent(reason -> {
                            done = true;
                            report.accept("image " + image + " could not be built: a step " + reason
                                    + "\n  All lines of the build: " + file);
                        });
            }
        } catch (IOException e) {
            // Not readable now; there is another look.
        }
        schedule();
    }

    /** The last failure that a log tells of, once it is told in full. */
    static Optional<String> failure(List<String> log) {
        var text = new StringBuilder();
        Optional<String> found = Optional.empty();
        for (String line : log) {
            Matcher ours = LINE.matcher(line);
            if (!ours.matches()) {
                continue;
            }
            String output = ours.group(2);
            if (ours.group(1).equals("|")) {
                text.append("\n    ").append(output);
            } else if (output.startsWith(FAILED)) {
                text.setLength(0);
                text.append(output);
            } else if (output.startsWith(REMEDY)) {
                found = Optional.of(text + "\n  What to do: " + output.substring(REMEDY.length()));
            }
        }
        return found;
    }
}
