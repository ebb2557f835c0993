package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a driver has written so far. */
final class JobLog {

    private JobLog() {}

    /** How many tasks executors were given: those that work are past their start. */
    static int tasksStarted(Path log) {
        try {
            return Files.readString(log).split("TaskSetManager: Starting task", -1).length - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The job {@code long.py} ended right with the executors that it had before its master died. Spark has one exception of its own: a worker whose attempt to
     * register again comes before the new master has asked it what it runs counts as one that runs nothing, and its executor is started anew. The master says so.
     *
     * @param text what the driver wrote
     * @param master what the new master wrote
     */
    static void assertOutlivedItsMaster(String text, String master) {
        assertThat(text).contains("SUM 1770");
        if (text.contains("Lost executor")) {
            assertThat(master).as("an executor was lost: " + text).contains("Worker has been re-registered");
            System.out.println("a worker registered again before the new master asked for its executors");
        }
    }
}
