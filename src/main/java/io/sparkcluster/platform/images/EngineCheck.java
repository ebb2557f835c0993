package io.sparkcluster.platform.images;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.VersionOrder;
import io.sparkcluster.platform.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether an engine can be used.
 *
 * @param kind the engine that should answer
 * @param docker the command line that asks the engine
 * @param host its configured address, if it is not the default one
 * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default engine
 */
public record EngineCheck(EngineKind kind, DockerCli docker, Optional<String> host, Map<String, String> environment) {

    /** Keeps its own copy. */
    public EngineCheck {
        environment = Map.copyOf(environment);
    }

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FIELD = "docker.host";

    /** The format of an answer with the engine's version and its components, by which Podman is recognized. */
    private static final String VERSION = "{{.Server.Version}},{{range .Server.Components}}{{.Name}},{{end}}";

    /**
     * Finds what keeps the engine from being used.
     *
     * @param wording how to say what the reader can do
     */
    public List<Problem> problems(Wording wording) {
        var answer = docker.run(LIMIT, "version", "--format", VERSION);
        if (answer.code() != 0) {
            return List.of(noAnswer(answer, wording));
        }
        var words = List.of(answer.output().strip().split(",", -1));
        return unfit(words.get(0), words).map(List::of).orElse(List.of());
    }

    /** Whether a volume's creation time stays the same when its files change. It does on Podman, and on Docker since 23 (moby/moby#44719). */
    public boolean remembersWhenVolumesWereMade() {
        var answer = docker.run(LIMIT, "version", "--format", VERSION);
        var words = List.of(answer.output().strip().split(",", -1));
        return answer.code() == 0
                && (EngineKind.answering(words) == EngineKind.PODMAN || !VersionOrder.isOlder(words.get(0), "23"));
    }

    private Problem noAnswer(Processes.Result version, Wording wording) {
        String lower = version.error().toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return problem("this user may not talk to the " + kind.title() + " engine there", kind.rightsRemedy());
        }
        if (lower.contains("cannot run program")) {
            return problem(
                    "there is no docker command on the PATH, which checks and the smoke test need",
                    "Install Docker's command line (on Debian and Ubuntu: apt-get install docker.io)");
        }
        return problem(
                "no " + kind.title() + " engine answers there (" + version.reason() + ")", kind.startRemedy(wording));
    }

    /** A problem if the other kind of engine answers, or if the engine is too old or cannot enforce the limits of nodes. */
    private Optional<Problem> unfit(String version, List<String> components) {
        var answering = EngineKind.answering(components);
        if (!answering.equals(kind)) {
            return Optional.of(problem(
                    "it is " + answering.title() + " that answers there, and not " + kind.title(),
                    "Set docker.engine to " + answering.label() + ", or docker.host to a " + kind.title() + " engine"));
        }
        return kind.tooOld(version)
                .map(needed ->
                        problem(kind.title() + " " + version + " answers there, and needed is " + needed, "Upgrade it"))
                .or(this::withoutLimits);
    }

    private Optional<Problem> withoutLimits() {
        var info = docker.run(LIMIT, "info", "--format", "{{.CgroupVersion}} {{.SecurityOptions}}");
        return info.output().startsWith("1 ") && info.output().contains("rootless")
                ? Optional.of(problem(
                        kind.title() + " runs there without root on control groups of version 1, and so cannot limit"
                                + " the memory and CPUs of nodes",
                        "Use the engine of root, or boot the machine with control groups of version 2"))
                : Optional.empty();
    }

    private Problem problem(String rule, String remedy) {
        return new Problem(
                FIELD,
                host.or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
                        .orElse("the default socket"),
                rule,
                remedy);
    }
}
