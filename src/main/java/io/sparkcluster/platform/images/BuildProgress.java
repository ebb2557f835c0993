package io.sparkcluster.platform.images;

import com.pulumi.core.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says at intervals how far the build of an image is: Pulumi shows only that the image is being created, for minutes. A build whose steps are all in the engine's
 * cache ends before the first line.
 */
final class BuildProgress {

    static final Duration INTERVAL = Duration.ofSeconds(15);

    /** How BuildKit announces a step of a Dockerfile: its stage, if that has a name, its number, how many the stage has, and its instruction. */
    private static final Pattern STEP = Pattern.compile("#\\d+ \\[(?:(\\S+) +)? *(\\d+/\\d+)] (.*)");

    private static final int LONGEST_INSTRUCTION = 60;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "build-progress");
        thread.setDaemon(true);
        return thread;
    });

    private BuildProgress() {}

    /**
     * Follows a build until it succeeds or the program ends.
     *
     * @param log where the builder writes its log; a builder without one never makes the file
     * @param image the image's name in the lines
     * @param begun known when the build can begin
     * @param built known when the build has succeeded
     * @param interval time between two lines
     * @param report receives the lines
     */
    static void follow(
            Path log, String image, Output<?> begun, Output<?> built, Duration interval, Consumer<String> report) {
        begun.applyValue(now -> {
            long start = System.nanoTime();
            var lines = CLOCK.scheduleAtFixedRate(
                    () -> report.accept(line(image, log, Duration.ofNanos(System.nanoTime() - start))),
                    interval.toMillis(),
                    interval.toMillis(),
                    TimeUnit.MILLISECONDS);
            built.applyValue(done -> lines.cancel(false));
            return now;
        });
    }

    private static String line(String image, Path log, Duration time) {
        List<String> lines = List.of();
        try {
            if (Files.exists(log)) {
                lines = Files.readString(log, StandardCharsets.ISO_8859_1)
                        .lines()
                        .toList();
            }
        } catch (IOException e) {
            // Not readable now; the next line may have the step again.
        }
        return "image " + image + ": building for " + time.toSeconds() + " s" + step(lines);
    }

    /** The last step in a log that was begun; empty before the first. */
    static String step(List<String> log) {
        for (int last = log.size() - 1; last >= 0; last--) {
            Matcher step = STEP.matcher(log.get(last));
            if (step.matches()) {
                String stage = step.group(1) == null ? "" : " of the stage " + step.group(1);
                String instruction = step.group(3);
                return ", step " + step.group(2) + stage + ": "
                        + (instruction.length() <= LONGEST_INSTRUCTION
                                ? instruction
                                : instruction.substring(0, LONGEST_INSTRUCTION) + " ...");
            }
        }
        return "";
    }
}
