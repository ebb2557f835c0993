package io.sparkcluster.platform.docker;

import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.images.DockerCli;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers, networks and volumes of an engine, whoever owns them.
 *
 * @param containers all containers, including those that do not run
 * @param networks all networks
 * @param volumes all volumes
 */
record EngineThings(List<Thing> containers, List<Thing> networks, List<Thing> volumes) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Separates values; no name and none of our labels contains it. */
    private static final String TAB = "\t";

    private static final String LABELS = Stream.of(Labels.OWNER, Labels.OWNER_NAME, Labels.CLUSTER, Labels.STACK)
            .map(label -> "{{.Label \"" + label + "\"}}")
            .collect(Collectors.joining(TAB));

    /** Keeps its own copies. */
    EngineThings {
        containers = List.copyOf(containers);
        networks = List.copyOf(networks);
        volumes = List.copyOf(volumes);
    }

    /**
     * Lists what an engine has.
     * @throws IllegalStateException when the engine does not list them
     */
    static EngineThings of(DockerCli docker) {
        return new EngineThings(
                things(
                        Thing.Kind.CONTAINER,
                        docker.run(
                                LIMIT,
                                "ps",
                                "--all",
                                "--no-trunc",
                                "--format",
                                format("{{.ID}}", "{{.Names}}", "{{.Ports}}"))),
                things(
                        Thing.Kind.NETWORK,
                        docker.run(
                                LIMIT, "network", "ls", "--no-trunc", "--format", format("{{.ID}}", "{{.Name}}", ""))),
                things(
                        Thing.Kind.VOLUME,
                        docker.run(LIMIT, "volume", "ls", "--format", format("{{.Name}}", "{{.Name}}", ""))));
    }

    /**
     * The creation time of a volume, as the engine prints it; empty if the volume does not exist or the engine does not answer. Docker before 23 prints the
     * last change of the volume's folder instead (moby/moby#44719).
     */
    static String created(DockerCli docker, String volume) {
        var answer = docker.run(LIMIT, "volume", "inspect", "--format", "{{.CreatedAt}}", volume);
        return answer.code() == 0 ? answer.output().strip() : "";
    }

    List<Thing> all() {
        var all = new ArrayList<>(containers);
        all.addAll(networks);
        all.addAll(volumes);
        return all;
    }

    private static String format(String id, String name, String detail) {
        return String.join(TAB, id, name, detail, LABELS);
    }

    private static List<Thing> things(Thing.Kind kind, Processes.Result answer) {
        if (answer.code() != 0) {
            throw new IllegalStateException("the engine did not list its " + kind.label() + "s: " + answer.reason());
        }
        return answer.output()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(TAB, -1))
                .filter(values -> values.length == 7)
                .map(values -> new Thing(
                        kind,
                        values[0],
                        values[1],
                        text(values[3]),
                        text(values[4]),
                        text(values[5]),
                        text(values[6]),
                        values[2]))
                .toList();
    }

    private static Optional<String> text(String value) {
        return Arrays.asList("", "<no value>").contains(value) ? Optional.empty() : Optional.of(value);
    }
}
