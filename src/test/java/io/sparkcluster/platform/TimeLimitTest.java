package io.sparkcluster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands end in time, with GNU's {@code timeout} and on a machine that has only Perl, as macOS. */
class TimeLimitTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCommandThatTakesTooLongIsEnded(boolean gnu, @TempDir Path folder) throws IOException {
        // Programs in Go, such as docker, ignore the signal of Perl's alarm.
        var ended = run(gnu, folder, TimeLimit.command(1, "bash -c 'trap \"\" ALRM; echo begun; exec sleep 20'"));

        assertThat(ended.code()).isEqualTo(124);
        assertThat(ended.output()).isEqualTo("begun\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theExitCodeAndTheWordsOfACommandStay(boolean gnu, @TempDir Path folder) throws IOException {
        var ended = run(gnu, folder, TimeLimit.command(20, "bash -c 'echo \"$1\"; exit 7' bash 'a  b'"));

        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.output()).isEqualTo("a  b\n");
    }

    private static Processes.Result run(boolean gnu, Path folder, String command) throws IOException {
        var environment = new HashMap<>(TimeLimit.environment());
        if (!gnu) {
            for (String program : List.of("perl", "bash", "sleep", "sh")) {
                Path script = Files.writeString(
                        folder.resolve(program),
                        "#!/bin/sh\nexec \"$(PATH=/usr/bin:/bin command -v " + program + ")\" \"$@\"\n");
                assertThat(script.toFile().setExecutable(true)).isTrue();
            }
            environment.put("PATH", folder.toString());
        }
        return Processes.run(SOON, Map.copyOf(environment), List.of("/bin/sh", "-c", command), "");
    }
}
