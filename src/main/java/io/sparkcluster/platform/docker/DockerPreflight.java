package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodePort;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Looks at the machine before anything is made, since the engine reports these problems only half-way, after it made other things: no
 * engine, no rights on its socket, a port that somebody else has, an image of the user's that is not there or does not fit.
 */
public final class DockerPreflight {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIELD = "docker.host";

    /** The engine's version and what it consists of, by which Podman is known. */
    private static final String VERSION = "{{.Server.Version}},{{range .Server.Components}}{{.Name}},{{end}}";

    /** A published port, or several in a row, as the command line lists them: {@code 127.0.0.1:8080->8080/tcp}. */
    private static final Pattern PUBLISHED = Pattern.compile(":(\\d+)(?:-(\\d+))?->");

    private final Engine engine;
    private final DockerCli docker;
    private final Optional<String> host;
    private final Map<String, String> environment;
    private final Optional<Consumer<String>> pulling;

    /**
     * @param engine what should answer
     * @param host the configured engine, if it is not the default one
     * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default one
     */
    public DockerPreflight(Engine engine, Optional<String> host, Map<String, String> environment) {
        this(engine, "docker", host, environment);
    }

    DockerPreflight(Engine engine, String program, Optional<String> host, Map<String, String> environment) {
        this(engine, new DockerCli(program, host), host, environment, Optional.empty());
    }

    private DockerPreflight(
            Engine engine,
            DockerCli docker,
            Optional<String> host,
            Map<String, String> environment,
            Optional<Consumer<String>> pulling) {
        this.engine = engine;
        this.docker = docker;
        this.host = host;
        this.environment = environment;
        this.pulling = pulling;
    }

    /**
     * The same, pulling those of the user's images that the engine lacks, so as to look into them. Not for a preview, which changes nothing
     * and looks only into those that are there.
     *
     * @param announce is told what takes its time
     */
    public DockerPreflight pulling(Consumer<String> announce) {
        return new DockerPreflight(engine, docker, host, environment, Optional.of(announce));
    }

    /**
     * Everything that stands in the way.
     *
     * @param plan the cluster that is to be made
     * @param stack its {@code project/stack}: ports that this stack's own containers have are free for it
     */
    public List<Problem> check(ClusterPlan plan, String stack) {
        var inTheWay = engine();
        if (!inTheWay.isEmpty()) {
            return inTheWay;
        }
        var problems = new ArrayList<Problem>(new BroughtImages(docker, pulling).check(plan));
        if (!isRemote()) {
            problems.addAll(ports(plan, stack));
        }
        EngineCapacity.of(docker).ifPresent(capacity -> problems.addAll(capacity.problems(plan, engine)));
        return problems;
    }

    /** What works, but less well than somebody may expect. Nothing where no engine answers. */
    public List<String> warnings(ClusterPlan plan) {
        var warnings = new ArrayList<>(new BroughtImages(docker, pulling).absent(plan));
        EngineCapacity.of(docker).ifPresent(capacity -> warnings.addAll(capacity.warnings(plan, engine)));
        return warnings;
    }

    /** What keeps the engine itself from being used, as by a platform that only builds images on it. */
    public List<Problem> engine() {
        var answer = docker.run(PATIENCE, "version", "--format", VERSION);
        if (answer.code() != 0) {
            return List.of(noAnswer(answer));
        }
        var words = List.of(answer.output().strip().split(",", -1));
        return unfit(words.get(0), words).map(List::of).orElse(List.of());
    }

    private List<Problem> ports(ClusterPlan plan, String stack) {
        var problems = new ArrayList<Problem>();
        String address = plan.spec().security().publishAddress();
        HostAddress.problem(address).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            return problems;
        }
        for (var node : plan.nodes()) {
            for (NodePort port : node.ports()) {
                port.published()
                        .filter(published -> isTaken(address, published) && !isOurs(published, stack))
                        .ifPresent(published ->
                                problems.add(portProblem(node.role().label(), port, published)));
            }
        }
        return problems;
    }

    private boolean isRemote() {
        return host.or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
                .filter(address -> !address.startsWith("unix:"))
                .isPresent();
    }

    private boolean isOurs(Port port, String stack) {
        // Podman knows no filter of ports.
        var ours =
                docker.run(PATIENCE, "ps", "--filter", "label=" + Labels.STACK + "=" + stack, "--format", "{{.Ports}}");
        return PUBLISHED
                .matcher(ours.output())
                .results()
                .anyMatch(range -> Integer.parseInt(range.group(1)) <= port.number()
                        && port.number()
                                <= Integer.parseInt(
                                        Optional.ofNullable(range.group(2)).orElse(range.group(1))));
    }

    private static boolean isTaken(String address, Port port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port.number()));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }

    private static Problem portProblem(String role, NodePort port, Port published) {
        String field = role.equals("edge") ? "edge.port" : role + ".uiPort";
        return new Problem(
                field,
                published.toString(),
                "another program on this machine listens on this port, which " + port.name() + " of the " + role
                        + " should be published on",
                "End that program, or choose another port: pulumi config set --path " + field + " "
                        + (published.number() + 10_000 <= 65_535
                                ? published.number() + 10_000
                                : published.number() - 1));
    }

    private Problem noAnswer(Processes.Result version) {
        String lower = version.error().toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return problem("this user may not talk to the " + engine.title() + " engine there", engine.rightsRemedy());
        }
        if (lower.contains("cannot run program")) {
            return problem(
                    "there is no docker command on the PATH, which checks and the smoke test need",
                    "Install Docker's command line (on Debian and Ubuntu: apt-get install docker.io)");
        }
        return problem(
                "no " + engine.title() + " engine answers there (" + version.reason() + ")", engine.startRemedy());
    }

    /** The other engine at that address, one that is too old, or one that cannot keep the limits of nodes. */
    private Optional<Problem> unfit(String version, List<String> components) {
        var answering = Engine.answering(components);
        if (!answering.equals(engine)) {
            return Optional.of(problem(
                    "it is " + answering.title() + " that answers there, and not " + engine.title(),
                    "Set docker.engine to " + answering.label() + ", or docker.host to a " + engine.title()
                            + " engine"));
        }
        return engine.tooOld(version)
                .map(needed -> problem(
                        engine.title() + " " + version + " answers there, and needed is " + needed, "Upgrade it"))
                .or(this::withoutLimits);
    }

    private Optional<Problem> withoutLimits() {
        var info = docker.run(PATIENCE, "info", "--format", "{{.CgroupVersion}} {{.SecurityOptions}}");
        return info.output().startsWith("1 ") && info.output().contains("rootless")
                ? Optional.of(problem(
                        engine.title() + " runs there without root on control groups of version 1, and so cannot limit"
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
