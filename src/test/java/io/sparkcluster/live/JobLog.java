package io.sparkcluster.live;

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
}
