package io.sparkcluster.program;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps the SDK from saying everything twice. Version 1.36 tells the engine each message, and prints the same message to standard error; Pulumi shows the
 * standard error of a program that failed, so that users would read each refusal as an error and once more as {@code SEVERE}.
 */
final class SingleReport implements Filter {

    /** What the SDK prints because it could not tell the engine. */
    private static final List<String> UNTOLD = List.of("Degraded functionality", "Error occurred trying to send");

    private final Optional<Filter> before;

    private SingleReport(Optional<Filter> before) {
        this.before = before;
    }

    /** From now on. Where somebody reads the SDK's own log, nothing is changed. To be called before {@link BusyWaitThrottle#install}, which lowers the log's level. */
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
