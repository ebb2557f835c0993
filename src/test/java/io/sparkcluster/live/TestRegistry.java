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
    private final String down;

    private TestRegistry(String address, String down) {
        this.address = address;
        this.down = down;
    }

    /** Starts one; where none can be had, the test is aborted and the reason printed. */
    static TestRegistry start() {
        return started(script("testbed/registry up", Map.of()), "testbed/registry down");
    }

    /** The same for one that asks for a login. */
    static TestRegistry start(String user, String password) {
        return started(
                script(
                        "testbed/registry up --login \"$USER_NAME\" <<<\"$PASSWORD\"",
                        Map.of("USER_NAME", user, "PASSWORD", password)),
                "testbed/registry down --login");
    }

    private static TestRegistry started(Shell.Result started, String down) {
        if (started.code() == UNAVAILABLE) {
            System.out.println(
                    "Images from a registry are not tested: " + started.text().strip());
            abort(started.text());
        }
        return new TestRegistry(started.orFail().text().lines().reduce("", (before, line) -> line), down);
    }

    /** Host and port. */
    String address() {
        return address;
    }

    /** Ends it, and takes what came from it out of the local engine. */
    @Override
    public void close() {
        removeImages();
        script(down, Map.of()).orFail();
    }

    /** Takes what came from it, or was named for it, out of the local engine. */
    void removeImages() {
        for (String image : images()) {
            String[] parts = image.split(" ", 3);
            Shell.docker("image", "rm", parts[0] + (parts[1].equals("<none>") ? "@" + parts[2] : ":" + parts[1]));
        }
    }

    private List<String> images() {
        return Shell.docker("image", "ls", "--digests", "--format", "{{.Repository}} {{.Tag}} {{.Digest}}")
                .orFail()
                .text()
                .lines()
                .filter(line -> line.startsWith(address))
                .toList();
    }

    private static Shell.Result script(String line, Map<String, String> environment) {
        return Shell.run(LIMIT, Path.of("."), environment, "bash", "-c", line);
    }
}
