package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How images come to a registry; {@code docker} is a stand-in. */
class ImageRegistryTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeDocker() throws IOException {
        Path docker = Files.writeString(folder.resolve("docker"), """
                #!/bin/bash
                printf '%s\\n' "$*" >>"$LOG"
                case $1 in
                  push) if [ "$3" = "$BROKEN" ]; then exit 1; fi; echo pushed ;;
                  image) printf '%s\\n' elsewhere.example.org/m@sha256:0 r.example.org/team/m@sha256:1 ;;
                esac
                """);
        assertThat(docker.toFile().setExecutable(true)).isTrue();
    }

    private Processes.Result run(String script, Map<String, String> images) {
        var environment = new TreeMap<>(images);
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        environment.put("LOG", folder.resolve("log").toString());
        environment.putIfAbsent("BROKEN", "none");
        return Processes.run(Duration.ofSeconds(20), environment, List.of("bash", "-c", script));
    }

    @Test
    void everyImageIsPushedUnderItsOwnName() {
        var pushed = run(
                "set -euo pipefail\n" + ImageRegistry.PUSH_ALL, Map.of("BUILT", "m:1 w:2", "WANTED", "r/m:1 r/w:2"));

        assertThat(pushed.code()).as(pushed.error()).isZero();
        assertThat(folder.resolve("log"))
                .hasContent("tag m:1 r/m:1\npush --quiet r/m:1\ntag w:2 r/w:2\npush --quiet r/w:2\n");
    }

    @Test
    void aPushThatFailsEndsTheOthers() {
        var pushed = run(
                "set -euo pipefail\n" + ImageRegistry.PUSH_ALL,
                Map.of("BUILT", "m:1 w:2", "WANTED", "r/m:1 r/w:2", "BROKEN", "r/m:1"));

        assertThat(pushed.code()).isNotZero();
        assertThat(folder.resolve("log")).hasContent("tag m:1 r/m:1\npush --quiet r/m:1\n");
    }

    @Test
    void oneImageIsKnownByTheDigestThatItHasThere() {
        var pushed = run(ImageRegistry.PUSH_ONE, Map.of("BUILT", "sha256:m", "WANTED", "r.example.org/team/m:1"));

        assertThat(pushed.code()).as(pushed.error()).isZero();
        assertThat(pushed.output()).isEqualTo("r.example.org/team/m@sha256:1\n");
        assertThat(folder.resolve("log"))
                .content()
                .startsWith("tag sha256:m r.example.org/team/m:1\npush --quiet r.example.org/team/m:1\n");
    }
}
