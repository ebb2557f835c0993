package io.sparkcluster.live;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An image registry on this machine's loopback, which goes with all that was pushed to it. */
final class TestRegistry implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int UNAVAILABLE = 69;

    private final String address;

    private TestRegistry(String address) {
        this.address = address;
    }

    /** Starts one; where none can be had, the test is aborted and the reason printed. */
    static TestRegistry start() {
        var started = script("up");
        if (started.code() == UNAVAILABLE) {
            System.out.println(
                    "Images from a registry are not tested: " + started.text().strip());
            abort(started.text());
        }
        return new TestRegistry(started.orFail().text().lines().reduce("", (before, line) -> line));
    }

    /** Host and port. */
    String address() {
        return address;
    }

    /** Ends it, and takes what came from it out of the local engine. */
    @Override
    public void close() {
        for (String image : images()) {
            String[] parts = image.split(" ", 3);
            Shell.docker("image", "rm", parts[0] + (parts[1].equals("<none>") ? "@" + parts[2] : ":" + parts[1]));
        }
        script("down").orFail();
    }

    private List<String> images() {
        return Shell.docker("image", "ls", "--digests", "--format", "{{.Repository}} {{.Tag}} {{.Digest}}")
                .orFail()
                .text()
                .lines()
                .filter(line -> line.startsWith(address))
                .toList();
    }

    private static Shell.Result script(String verb) {
        return Shell.run(LIMIT, Path.of("."), Map.of(), "testbed/registry", verb);
    }
}
