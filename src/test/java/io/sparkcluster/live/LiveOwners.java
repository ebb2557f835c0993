package io.sparkcluster.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The owners that live tests of this machine made, each with the process that made it. A test that was killed leaves its cluster behind; the next run takes it away. An owner
 * that is not noted here is not a test's, and nothing of it is touched.
 */
final class LiveOwners {

    private LiveOwners() {}

    private static Path folder() {
        String cache = Optional.ofNullable(System.getenv("SPARK_CLUSTER_CACHE"))
                .orElseGet(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                                .orElse(System.getProperty("user.home") + "/.cache")
                        + "/pulumi-spark-cluster");
        return Path.of(cache, "live-tests");
    }

    /** Notes that this process made things of that owner. */
    static void remember(String owner) {
        try {
            Files.createDirectories(folder());
            Files.writeString(
                    folder().resolve(owner),
                    Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what tests left whose process is gone. */
    static void removeLeftovers(Map<String, String> engine) {
        if (!Files.isDirectory(folder())) {
            return;
        }
        try (var notes = Files.list(folder())) {
            for (Path note : notes.toList()) {
                if (!isAlive(Files.readString(note).strip())) {
                    remove(engine, note.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAlive(String pid) {
        return pid.matches("\\d+")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** Removes everything of an owner that a test made from an engine. */
    static void remove(Map<String, String> engine, String owner) {
        String filter = "label=io.sparkcluster.owner=" + owner;
        remove(engine, Shell.docker(engine, "ps", "--all", "--quiet", "--filter", filter), "rm", "--force");
        remove(engine, Shell.docker(engine, "network", "ls", "--quiet", "--filter", filter), "network", "rm");
        remove(engine, Shell.docker(engine, "volume", "ls", "--quiet", "--filter", filter), "volume", "rm");
        try {
            Files.deleteIfExists(folder().resolve(owner));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Map<String, String> engine, Shell.Result listed, String... command) {
        if (listed.code() != 0) {
            return;
        }
        listed.text().lines().forEach(id -> {
            var all = new ArrayList<>(List.of(command));
            all.add(id);
            Shell.docker(engine, all.toArray(String[]::new));
        });
    }
}
