package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusyWaitThrottleTest {

    private final Logger logger = Logger.getLogger(BusyWaitThrottle.LOGGER);

    @AfterEach
    void leaveTheLoggerAsItWas() {
        PulumiTest.cleanup();
        logger.setFilter(null);
        logger.setLevel(null);
    }

    /** Each turn offers two lines. Without pauses 4 155 and 7 940 of them were counted in that time on two cores. */
    @Test
    void theSdkAsksNowAndThenWhetherAllIsDone() {
        var turns = new AtomicInteger();
        Executor later = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

        PulumiTestInternal engine =
                PulumiTestInternal.builder().standardLogger(logger).build();
        var result = engine.runTest(context -> {
            BusyWaitThrottle.install();
            Filter pauses = logger.getFilter();
            logger.setFilter(line -> {
                turns.incrementAndGet();
                return pauses.isLoggable(line);
            });
            context.export("late", Output.of(CompletableFuture.supplyAsync(() -> "there", later)));
        });

        assertThat(result.exceptions()).isEqualTo(List.of());
        assertThat(turns.get()).isBetween(5, 500);
    }

    @Test
    void whatUsersAreToldIsStillTold() {
        BusyWaitThrottle.install();

        assertThat(logger.getFilter().isLoggable(new LogRecord(Level.INFO, "Remaining tasks")))
                .isTrue();
        assertThat(logger.getFilter().isLoggable(new LogRecord(Level.FINEST, "anything")))
                .isFalse();
    }

    @Test
    void aLoggerThatSomebodyReadsIsLeftAlone() {
        logger.setLevel(Level.FINEST);

        BusyWaitThrottle.install();

        assertThat(logger.getFilter()).isNull();
    }
}
