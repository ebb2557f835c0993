package io.sparkcluster.program;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Slows down the SDK's wait for its engine. Version 1.36 waits in a busy loop, which takes most of a CPU away from the builds and the nodes that it waits
 * for. Each turn logs a line that nobody reads, and this filter pauses there. Remove this class when the SDK has <a
 * href="https://github.com/pulumi/pulumi-java/pull/2314">pulumi-java#2314</a>.
 */
final class BusyWaitThrottle implements Filter {

    static final String LOGGER = "com.pulumi.deployment.internal.DeploymentImpl";

    private static final String TURN = "Remaining tasks";
    private static final long MILLISECONDS = 10;

    /** Kept in a field, since a logger without references is collected, and its settings with it. */
    private static final Logger KEPT = Logger.getLogger(LOGGER);

    private final Level originalLevel;

    private BusyWaitThrottle(Level originalLevel) {
        this.originalLevel = originalLevel;
    }

    /** Installs the filter, unless somebody reads such lines. Call it in the program that the SDK runs, since the SDK sets the log level before. */
    static void install() {
        if (!KEPT.isLoggable(Level.FINEST)) {
            KEPT.setFilter(
                    new BusyWaitThrottle(Optional.ofNullable(KEPT.getLevel()).orElse(Level.INFO)));
            KEPT.setLevel(Level.FINEST);
        }
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line.getLevel().intValue() >= originalLevel.intValue()) {
            return true;
        }
        if (line.getMessage() != null && line.getMessage().startsWith(TURN)) {
            try {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }
}
