package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How images come to machines; {@code ssh} and {@code docker} are stand-ins, and of GNU's own tools there is none. */
class DeliveryTest {

    private static final List<String> TOOLS = List.of(
            "bash", "sed", "sort", "awk", "cat", "grep", "mkdir", "rm", "head", "tail", "cut", "wc", "sleep", "tee",
            "mkfifo", "mktemp", "touch", "tr", "gzip", "perl");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @BeforeEach
    void makeStandIns() throws IOException {
        for (String tool : TOOLS) {
            Path there = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("this machine has no " + tool));
            command(tool, "exec " + there + " \"$@\"");
        }
        // ssh -F CONFIG MACHINE COMMAND...
        command("ssh", """
                machine=$3
                printf '%s\\n' "${*:3}" >>"$ROOT/log"
                case "${*:4}" in
                  *'image ls'*)
                    left=$(cat "$ROOT/$machine.hiccups" 2>/dev/null || echo 0)
                    if [ "$left" -gt 0 ]; then
                      echo $((left - 1)) >"$ROOT/$machine.hiccups"
                      echo 'Connection reset by peer' >&2
                      exit 255
                    fi
                    cat "$ROOT/$machine.images" 2>/dev/null || true
                    ;;
                  *'load'*)
                    if [ -e "$ROOT/$machine.breaks" ]; then head -c 10 >/dev/null; echo 'no space left' >&2; exit 1; fi
                    gzip -d >"$ROOT/$machine.got"
                    ;;
                esac""");
        command("docker", """
                case $1 in
                  image) shift 4; printf '%s ' "${@#sha256:}"; echo ;;
                  save) shift; printf 'saved %s\\n' "$*" >>"$ROOT/log"; printf '%s\\n' "$*"; head -c 3000000 /dev/urandom ;;
                esac""");
    }

    private void command(String name, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path file = Files.writeString(bin.resolve(name), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("log"));
    }

    private Processes.Result deliver(String... lines) throws IOException {
        write("deliver.sh", SwarmImages.deliverer());
        return Processes.run(
                SOON,
                Map.of("PATH", folder.resolve("bin").toString(), "ROOT", folder.toString()),
                List.of("/bin/bash", folder.resolve("deliver.sh").toString(), "config", "sudo -n"),
                String.join("\n", lines) + "\n");
    }

    private String got(String machine) throws IOException {
        Path file = folder.resolve(machine + ".got");
        return Files.exists(file) && Files.size(file) == 3_000_000 + length(file) ? first(file) : "nothing";
    }

    private static int length(Path file) throws IOException {
        return first(file).length() + 1;
    }

    private static String first(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int end = 0;
        while (all[end] != '\n') {
            end++;
        }
        return new String(all, 0, end, StandardCharsets.US_ASCII);
    }

    @Test
    void whatSeveralLackIsReadOnce() throws IOException {
        write("c.images", "sha256:m\nsha256:w\n");

        var delivered = deliver("a sha256:m sha256:w", "b sha256:m sha256:w", "c sha256:m sha256:w", "d sha256:w");

        assertThat(delivered.code()).as(delivered.error()).isZero();
        assertThat(got("a")).isEqualTo("m w");
        assertThat(got("b")).isEqualTo("m w");
        assertThat(got("c")).isEqualTo("nothing");
        assertThat(got("d")).isEqualTo("w");
        assertThat(log())
                .filteredOn(line -> line.startsWith("saved"))
                .containsExactlyInAnyOrder("saved m w", "saved w");
        assertThat(log()).contains("a sudo -n docker image ls --all --quiet --no-trunc");
    }

    @Test
    void aHiccupOfTheLineIsNoLackOfImages() throws IOException {
        write("a.images", "sha256:m\n");
        write("a.hiccups", "2");

        var delivered = deliver("a sha256:m");

        assertThat(delivered.code()).as(delivered.error()).isZero();
        assertThat(log()).hasSize(3).noneMatch(line -> line.startsWith("saved"));
    }

    @Test
    void aMachineThatCannotBeAskedIsToldAndTheOthersGetTheirs() throws IOException {
        write("a.hiccups", "100");

        var delivered = deliver("a sha256:m", "b sha256:m");

        assertThat(delivered.code()).isEqualTo(1);
        assertThat(delivered.error())
                .contains("a: cannot be asked which images it has: Connection reset by peer")
                .contains("error: not every machine got its images");
        assertThat(got("a")).isEqualTo("nothing");
        assertThat(got("b")).isEqualTo("m");
    }

    @Test
    void oneThatBreaksOffEndsNoOther() throws IOException {
        write("a.breaks", "");

        var delivered = deliver("a sha256:m", "b sha256:m");

        assertThat(delivered.code()).isEqualTo(1);
        assertThat(delivered.error()).contains("a: no space left", "b: has them");
        assertThat(got("b")).isEqualTo("m");
    }
}
