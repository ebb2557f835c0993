package io.sparkcluster.program;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Pauses in the SDK's wait for its engine. Version 1.36 asks in a loop whether all is done, and without a pause, which takes most of a CPU from the builds and the nodes
 * that are waited for. In each turn it offers a line to a logger that nobody reads, and that is where the pause is.
 */
final class BusyWaitThrottle implements Filter {

    static final String LOGGER = "com.pulumi.deployment.internal.DeploymentImpl";

    private static final String TURN = "Remaining tasks";
    private static final long MILLISECONDS = 10;

    /** Kept here, since a logger that nobody holds is forgotten with its settings. */
    private static final Logger KEPT = Logger.getLogger(LOGGER);

    private final Level originalLevel;

    private BusyWaitThrottle(Level originalLevel) {
        this.originalLevel = originalLevel;
    }

    /** From now on. To be called by the program that the SDK runs, since the SDK sets the level before. Where somebody reads such lines, nothing is changed. */
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
