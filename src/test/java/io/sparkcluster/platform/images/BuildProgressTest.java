package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildProgressTest {

    private static final List<String> LOG = List.of(
            "#4 [build  1/10] FROM docker.io/sparkcluster/base:b872fb8b6fdd",
            "#4 DONE 0.0s",
            "#7 [build  3/10] RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq binutils",
            "#7 3.863 [1/2] a line of a step");

    @Test
    void theLastStepThatWasBegunIsNamed() {
        assertThat(BuildProgress.step(LOG))
                .isEqualTo(
                        ", step 3/10 of the stage build: RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt ...");
        assertThat(BuildProgress.step(List.of("#6 [2/4] COPY opt/ /opt/"))).isEqualTo(", step 2/4: COPY opt/ /opt/");
        assertThat(BuildProgress.step(List.of("#1 [internal] load build definition from Dockerfile")))
                .isEmpty();
    }

    @Test
    void linesComeFromTheBeginningOfTheBuildToItsEnd(@TempDir Path folder) throws IOException, InterruptedException {
        var said = new LinkedBlockingQueue<String>();
        var begun = new CompletableFuture<String>();
        var built = new CompletableFuture<String>();
        Path log = folder.resolve("lab.log");
        BuildProgress.follow(log, "lab", Output.of(begun), Output.of(built), Duration.ofMillis(50), said::add);
        assertThat(said.poll(300, TimeUnit.MILLISECONDS)).isNull();

        begun.complete("");
        assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("image lab: building for 0 s");
        Files.write(log, LOG);
        String line;
        do {
            line = said.poll(20, TimeUnit.SECONDS);
            assertThat(line).startsWith("image lab: building for ");
        } while (!line.contains("step 3/10 of the stage build"));

        built.complete("");
        // A line may be on its way.
        said.poll(300, TimeUnit.MILLISECONDS);
        said.clear();
        assertThat(said.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
}
