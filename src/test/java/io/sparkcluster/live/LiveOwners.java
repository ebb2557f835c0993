package io.sparkcluster.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The owners that live tests of this machine made, each with the process that made it, as {@code testbed/lib/tested.sh} reads them. A test that was killed leaves its cluster
 * behind; the next run takes it away. An owner that is not noted here is not a test's, and nothing of it is touched.
 */
final class LiveOwners {

    /** Where a process's file has its start, counted behind its name. */
    private static final int START = 19;

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
        write(owner, List.of(process()));
    }

    /**
     * Notes, before the first {@code up} makes an owner, that this process makes it in that folder. A test that is killed in its first {@code up} is found by the
     * folder, which the owner's name holds and which no other test has.
     */
    static void rememberFolder(Path folder) {
        write(noteOf(folder), List.of(process(), " " + folder + ", stack "));
    }

    static void forgetFolder(Path folder) {
        forget(noteOf(folder));
    }

    private static String noteOf(Path folder) {
        return "folder-" + folder.toString().replaceAll("\\W+", "-");
    }

    /** Its number, and when it began, in ticks of this boot of the machine, where the system tells: a number is given again. */
    private static String process() {
        long pid = ProcessHandle.current().pid();
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            if (!Files.exists(stat)) {
                return pid + " ";
            }
            String text = Files.readString(stat);
            String[] afterTheName = text.substring(text.lastIndexOf(") ") + 2).split(" ", -1);
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            return pid + " " + afterTheName[START] + "@" + boot.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String note, List<String> lines) {
        try {
            Files.createDirectories(folder());
            // Renamed into place, so that nobody reads half a note.
            Path whole = Files.write(folder().resolve("." + note + ".new"), lines);
            Files.move(whole, folder().resolve(note), StandardCopyOption.ATOMIC_MOVE);
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

    /** Takes away what tests left whose process is gone, on an engine and on the Kubernetes test bed. */
    static void removeLeftovers(Map<String, String> engine) {
        leftovers(engine).orFail();
    }

    /** Removes everything of an owner that a test made, from an engine and from the Kubernetes test bed. What cannot be removed is left to the next run. */
    static void remove(Map<String, String> engine, String owner) {
        var removed = leftovers(engine, owner);
        if (removed.code() != 0) {
            System.err.println(removed.text());
        }
    }

    private static Shell.Result leftovers(Map<String, String> engine, String... owner) {
        var command = new ArrayList<>(List.of("testbed/leftovers"));
        command.addAll(List.of(owner));
        return Shell.run(Duration.ofMinutes(10), Path.of("."), engine, command.toArray(String[]::new));
    }
}
