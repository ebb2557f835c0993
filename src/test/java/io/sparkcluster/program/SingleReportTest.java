package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SingleReportTest {

    private final Logger sdk = Logger.getLogger(BusyWaitThrottle.LOGGER);
    private final Map<Handler, Filter> before = new LinkedHashMap<>();

    @BeforeEach
    void rememberHandlers() {
        handlers().forEach(handler -> before.put(handler, handler.getFilter()));
    }

    @AfterEach
    void leaveThemAsTheyWere() {
        before.forEach(Handler::setFilter);
        sdk.setLevel(null);
    }

    @Test
    void whatTheEngineIsToldIsNotPrintedAsWell() {
        SingleReport.install();

        assertThat(handlers()).isNotEmpty().allSatisfy(handler -> {
            assertThat(prints(handler, BusyWaitThrottle.LOGGER, "2 problems in cluster \"spark-dev\""))
                    .isFalse();
            assertThat(prints(
                            handler,
                            BusyWaitThrottle.LOGGER,
                            "Degraded functionality [DefaultEngineLogger]: no Engine"))
                    .isTrue();
            assertThat(prints(handler, "io.grpc", "2 problems")).isTrue();
        });
    }

    @Test
    void aLogThatSomebodyReadsIsLeftAlone() {
        sdk.setLevel(Level.FINEST);

        SingleReport.install();

        assertThat(handlers()).allSatisfy(handler -> assertThat(prints(handler, BusyWaitThrottle.LOGGER, "2 problems"))
                .isTrue());
    }

    private static List<Handler> handlers() {
        return Arrays.asList(Logger.getLogger("").getHandlers());
    }

    private static boolean prints(Handler handler, String logger, String message) {
        var line = new LogRecord(Level.SEVERE, message);
        line.setLoggerName(logger);
        return handler.isLoggable(line);
    }
}
