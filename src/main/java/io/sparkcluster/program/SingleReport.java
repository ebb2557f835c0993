package io.sparkcluster.program;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps messages from appearing twice. Version 1.36 of the SDK sends each message to the engine, and prints it to standard error too. Pulumi shows the standard
 * error of a failed program, so that users would read each error a second time, as {@code SEVERE}.
 */
final class SingleReport implements Filter {

    /** How messages start that the SDK prints because it could not reach the engine. */
    private static final List<String> UNTOLD = List.of("Degraded functionality", "Error occurred trying to send");

    private final Optional<Filter> before;

    private SingleReport(Optional<Filter> before) {
        this.before = before;
    }

    /** Installs the filter, unless somebody reads the SDK's log. Call it before {@link BusyWaitThrottle#install}, which lowers the log's level. */
    static void install() {
        if (Logger.getLogger(BusyWaitThrottle.LOGGER).isLoggable(Level.FINEST)) {
            return;
        }
        Arrays.stream(Logger.getLogger("").getHandlers())
                .filter(handler -> !(handler.getFilter() instanceof SingleReport))
                .forEach(handler -> handler.setFilter(new SingleReport(Optional.ofNullable(handler.getFilter()))));
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (before.isPresent() && !before.get().isLoggable(line)) {
            return false;
        }
        String message = String.valueOf(line.getMessage());
        return !BusyWaitThrottle.LOGGER.equals(line.getLoggerName())
                || UNTOLD.stream().anyMatch(message::startsWith);
    }
}
