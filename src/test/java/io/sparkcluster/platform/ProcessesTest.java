package io.sparkcluster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    @TempDir
    private Path folder;

    @Test
    void aFailureIsAResult() {
        var failed = run(Duration.ofSeconds(20), "echo out; echo one >&2; echo two >&2; exit 3");

        assertThat(failed).isEqualTo(new Processes.Result(3, "out\n", "one\ntwo\n"));
        assertThat(failed.reason()).isEqualTo("two");
        assertThat(Processes.run(Duration.ofSeconds(20), Map.of(), List.of("no-such-command-here"))
                        .code())
                .isEqualTo(-1);
    }

    @Test
    void aLimitBelowASecondIsOne() {
        assertThat(run(Duration.ofMillis(900), "exit 0").code()).isZero();
    }

    @Test
    void atTheLimitWhatTheCommandStartedIsKilledToo() throws IOException {
        Path started = folder.resolve("started");

        var late = run(Duration.ofSeconds(2), "sleep 300 & echo $! >'" + started + "'; wait");

        assertThat(late.code()).isEqualTo(-1);
        assertThat(late.error()).isEqualTo("it did not answer within 2 s");
        long pid = Long.parseLong(Files.readString(started).strip());
        assertThat(ProcessHandle.of(pid).map(ProcessesTest::ends).orElse(true)).isTrue();
    }

    private static boolean ends(ProcessHandle process) {
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            process.destroyForcibly();
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Processes.Result run(Duration limit, String script) {
        return Processes.run(limit, Map.of(), List.of("sh", "-c", script));
    }
}
