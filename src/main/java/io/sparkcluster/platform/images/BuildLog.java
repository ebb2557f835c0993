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
 * Says why a step of an image's build failed. The docker provider's error holds only the step's exit code. But the provider writes the build's log to a file,
 * and the shell that runs our steps ({@code images/step}) ends a failure with lines for this class. The file is read while the build runs, since Pulumi ends
 * the program as soon as the provider has answered.
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
     * Follows a build that is about to start, until it succeeds or the reason of its failure is reported.
     *
     * @param file where the log will be
     * @param image the image's name in the report
     * @param built known when the build succeeded
     * @param report receives the reason of a failure, as lines of text
     */
    static void follow(Path file, String image, Output<?> built, Consumer<String> report) {
        var log = new BuildLog(file, image, report);
        built.applyValue(value -> {
            log.done = true;
            return value;
        });
        log.schedule();
    }

    /** Removes the log of an earlier build of the same image, since the provider appends to it. */
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
            // Not readable now; the next look comes soon.
        }
        schedule();
    }

    /** The last failure in a log; empty until its last line, the remedy, is written. */
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
