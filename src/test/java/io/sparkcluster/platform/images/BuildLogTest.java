package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {

    private static final String FAILED = """
            #7 [build 4/9] RUN python3 -m pip install numpy
            #7 3.871 build-step: failed with exit code 1; its last lines:
            #7 3.872 build-step| Could not fetch URL
            #7 3.872 build-step|   certificate verify failed
            """;
    private static final String REMEDY = "#7 3.872 build-step: remedy: name a PEM file\n";

    @Test
    void aStepsLastLinesAndTheRemedyAreTakenFromTheLog() {
        assertThat(BuildLog.failure(
                        (FAILED + REMEDY + "#7 ERROR: exit code: 71\n").lines().toList()))
                .contains(
                        "failed with exit code 1; its last lines:\n    Could not fetch URL\n      certificate verify failed\n"
                                + "  What to do: name a PEM file");
    }

    @Test
    void ofTwoFailuresTheLastOneCounts() {
        var twice = (FAILED + REMEDY + "#7 1.0 build-step: failed with exit code 2; its last lines:\n" + REMEDY)
                .lines()
                .toList();

        assertThat(BuildLog.failure(twice))
                .contains("failed with exit code 2; its last lines:\n  What to do: name a PEM file");
    }

    @Test
    void aLogWithoutAFailureOrWithHalfOfOneSaysNothing() {
        assertThat(BuildLog.failure(List.of("#7 1.0 all is well", "#8 DONE 0.1s")))
                .isEmpty();
        assertThat(BuildLog.failure(FAILED.lines().toList())).isEmpty();
        // A step may talk about our words without saying them.
        assertThat(BuildLog.failure(List.of("#7 1.0 echo build-step: remedy: none")))
                .isEmpty();
    }

    @Test
    void aFailureIsReportedWhileTheBuildRunsAndOnlyOnce(@TempDir Path folder) throws IOException, InterruptedException {
        var said = new LinkedBlockingQueue<String>();
        Path log = folder.resolve("spark-base.log");
        BuildLog.follow(log, "spark-base", Output.of(new CompletableFuture<String>()), said::add);
        Files.writeString(log, FAILED);
        assertThat(said.poll(500, TimeUnit.MILLISECONDS)).isNull();

        Files.writeString(log, REMEDY, StandardOpenOption.APPEND);

        assertThat(said.poll(20, TimeUnit.SECONDS))
                .startsWith("image spark-base could not be built: a step failed with exit code 1")
                .contains("name a PEM file", log.toString());
        Files.writeString(log, "#7 ERROR\n", StandardOpenOption.APPEND);
        assertThat(said.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }
}
