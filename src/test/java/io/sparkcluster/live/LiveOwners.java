package io.sparkcluster.live;

import io.sparkcluster.platform.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The owners that live tests of this machine made, each with the process that made it. A test that was killed leaves its cluster behind; the next run takes it away. An owner
 * that is not noted here is not a test's, and nothing of it is touched.
 */
final class LiveOwners {

    private static final String OWNER_AND_NAME =
            "{{.Label \"" + Labels.OWNER + "\"}}\t{{.Label \"" + Labels.OWNER_NAME + "\"}}";

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
        write(owner, List.of(pid()));
    }

    /**
     * Notes, before the first {@code up} makes an owner, that this process makes it in that folder. A test that is killed in its first {@code up} is found by the
     * folder, which the owner's name holds and which no other test has.
     */
    static void rememberFolder(Path folder) {
        write(noteOf(folder), List.of(pid(), folder.toString()));
    }

    static void forgetFolder(Path folder) {
        forget(noteOf(folder));
    }

    private static String noteOf(Path folder) {
        return "folder-" + folder.toString().replaceAll("\\W+", "-");
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static void write(String note, List<String> lines) {
        try {
            Files.createDirectories(folder());
            Files.write(folder().resolve(note), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forget(String note) {
        try {
            Files.deleteIfExists(folder().resolve(note));
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
                var lines = Files.readAllLines(note);
                if (lines.isEmpty() || isAlive(lines.get(0).strip())) {
                    continue;
                }
                if (lines.size() > 1) {
                    madeIn(engine, lines.get(1)).forEach(owner -> remove(engine, owner));
                    forget(note.getFileName().toString());
                } else {
                    remove(engine, note.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The owners that stacks in that folder made, by what an engine has of them. */
    private static Set<String> madeIn(Map<String, String> engine, String folder) {
        return Stream.of(List.of("ps", "--all"), List.of("network", "ls"), List.of("volume", "ls"))
                .map(listing -> {
                    var command = new ArrayList<>(listing);
                    command.addAll(List.of("--filter", "label=" + Labels.OWNER_NAME, "--format", OWNER_AND_NAME));
                    return Shell.docker(engine, command.toArray(String[]::new));
                })
                .filter(listed -> listed.code() == 0)
                .flatMap(listed -> listed.text().lines())
                .map(line -> line.split("\t", 2))
                .filter(owner -> owner.length > 1 && owner[1].contains(" " + folder + ", stack "))
                .map(owner -> owner[0])
                .collect(Collectors.toSet());
    }

    private static boolean isAlive(String pid) {
        return pid.matches("\\d+")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** Removes everything of an owner that a test made from an engine. */
    static void remove(Map<String, String> engine, String owner) {
        String filter = "label=" + Labels.OWNER + "=" + owner;
        remove(engine, Shell.docker(engine, "ps", "--all", "--quiet", "--filter", filter), "rm", "--force");
        remove(engine, Shell.docker(engine, "network", "ls", "--quiet", "--filter", filter), "network", "rm");
        remove(engine, Shell.docker(engine, "volume", "ls", "--quiet", "--filter", filter), "volume", "rm");
        forget(owner);
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
