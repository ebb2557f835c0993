package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The cluster {@code dev} of this machine's user, which a test must leave alone. Where there is none, a container and a volume that carry its names and labels
 * stand for it: with a file in the workspace and a job at work on it.
 */
final class Bystander implements AutoCloseable {

    private static final String CLUSTER = "io.sparkcluster.cluster=spark-dev";
    private static final String OWNER = "bystanderbystander";
    private static final String OWNER_LABEL = "io.sparkcluster.owner=" + OWNER;
    private static final String CONTAINER = "spark-dev-worker-1";
    private static final String VOLUME = "spark-dev-workspace";
    private static final String IMAGE = "sparkcluster/spark-worker:bystander";
    private static final String JOB =
            "n=0; while :; do n=$((n + 1)); echo $n >/workspace/.new && mv /workspace/.new /workspace/steps; sleep 0.2; done";

    private final boolean madeHere;
    private final List<String> before;

    private Bystander(boolean madeHere) {
        this.madeHere = madeHere;
        this.before = everything();
    }

    /**
     * Looks at what is there, or makes it.
     *
     * @param context an empty folder
     */
    static Bystander present(Path context) throws IOException {
        LiveOwners.removeLeftovers(Map.of());
        if (!everything().isEmpty()) {
            System.out.println("this machine's own cluster dev is the bystander");
            return new Bystander(false);
        }
        Shell.run(Duration.ofMinutes(10), Path.of("."), Map.of(), "ops/base-image")
                .orFail();
        Files.writeString(
                context.resolve("Dockerfile"), "FROM debian:trixie-slim\nLABEL io.sparkcluster.image=spark-worker\n");
        Shell.docker("build", "--quiet", "--tag", IMAGE, context.toString()).orFail();
        LiveOwners.remember(OWNER);
        Shell.docker("volume", "create", "--label", CLUSTER, "--label", OWNER_LABEL, VOLUME)
                .orFail();
        Shell.docker(
                        "run",
                        "--detach",
                        "--name",
                        CONTAINER,
                        "--label",
                        CLUSTER,
                        "--label",
                        OWNER_LABEL,
                        "--label",
                        "io.sparkcluster.role=worker",
                        "--volume",
                        VOLUME + ":/workspace",
                        IMAGE,
                        "sh",
                        "-c",
                        "echo mine >/workspace/mine.txt; " + JOB)
                .orFail();
        return new Bystander(true);
    }

    /** Fails unless everything is as it was: the same containers, never stopped, the same volumes, the file, and the job still at work. */
    void assertUntouched() {
        assertThat(everything()).isEqualTo(before).isNotEmpty();
        if (madeHere) {
            assertThat(read("mine.txt")).isEqualTo("mine");
            int steps = Integer.parseInt(read("steps"));
            Shell.await("the job goes on", Duration.ofSeconds(30), () -> Integer.parseInt(read("steps")) > steps);
            assertThat(Shell.docker("image", "inspect", IMAGE).code()).isZero();
        }
    }

    private static String read(String file) {
        return Shell.docker("exec", CONTAINER, "cat", "/workspace/" + file)
                .orFail()
                .text()
                .strip();
    }

    /** Containers with the time of their start, and volumes. */
    private static List<String> everything() {
        String filter = "label=" + CLUSTER;
        var all = new ArrayList<String>();
        for (String id : Shell.docker("ps", "--all", "--quiet", "--no-trunc", "--filter", filter)
                .orFail()
                .text()
                .lines()
                .sorted()
                .toList()) {
            all.add(Shell.docker("inspect", "--format", "{{.Name}} {{.Id}} {{.State.Running}} {{.State.StartedAt}}", id)
                    .orFail()
                    .text()
                    .strip());
        }
        all.addAll(Shell.docker("volume", "ls", "--filter", filter, "--format", "volume {{.Name}}")
                .orFail()
                .text()
                .lines()
                .sorted()
                .toList());
        return all;
    }

    /** Takes away what was made here, and nothing else. */
    @Override
    public void close() {
        if (madeHere) {
            LiveOwners.remove(Map.of(), OWNER);
            Shell.docker("image", "rm", IMAGE);
        }
    }
}
