package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodePort;
import io.sparkcluster.platform.Labels;
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

/**
 * Looks at the machine before anything is made, since the engine reports these problems only half-way, after it made other things: no
 * engine, no rights on its socket, a port that somebody else has, an image of the user's that is not there or does not fit.
 */
public final class DockerPreflight {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIELD = "docker.host";

    private final DockerCli docker;
    private final Optional<String> host;
    private final Map<String, String> environment;
    private final Optional<Consumer<String>> pulling;

    /**
     * @param host the configured engine, if it is not the default one
     * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default one
     */
    public DockerPreflight(Optional<String> host, Map<String, String> environment) {
        this("docker", host, environment);
    }

    DockerPreflight(String program, Optional<String> host, Map<String, String> environment) {
        this(new DockerCli(program, host), host, environment, Optional.empty());
    }

    private DockerPreflight(
            DockerCli docker,
            Optional<String> host,
            Map<String, String> environment,
            Optional<Consumer<String>> pulling) {
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
        return new DockerPreflight(docker, host, environment, Optional.of(announce));
    }

    /**
     * Everything that stands in the way.
     *
     * @param plan the cluster that is to be made
     * @param stack its {@code project/stack}: ports that this stack's own containers have are free for it
     */
    public List<Problem> check(ClusterPlan plan, String stack) {
        var version = docker.run(PATIENCE, "version", "--format", "{{.Server.Version}}");
        if (version.code() != 0) {
            return List.of(engineProblem(version));
        }
        var problems = new ArrayList<Problem>(new BroughtImages(docker, pulling).check(plan));
        if (!isRemote()) {
            problems.addAll(ports(plan, stack));
        }
        return problems;
    }

    private List<Problem> ports(ClusterPlan plan, String stack) {
        var problems = new ArrayList<Problem>();
        String address = plan.spec().security().publishAddress();
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
        var ours = docker.run(
                PATIENCE, "ps", "-q", "--filter", "label=" + Labels.STACK + "=" + stack, "--filter", "publish=" + port);
        return ours.code() == 0 && !ours.output().isBlank();
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

    private Problem engineProblem(DockerCli.Result version) {
        String where = host.or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
                .orElse("the default socket");
        String lower = version.error().toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return new Problem(
                    FIELD,
                    where,
                    "this user may not talk to the Docker engine there",
                    "Add the user to the group docker (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST to an"
                            + " engine of your own");
        }
        if (lower.contains("cannot run program")) {
            return new Problem(
                    FIELD,
                    where,
                    "there is no docker command on the PATH, which checks and the smoke test need",
                    "Install Docker's command line (on Debian and Ubuntu: apt-get install docker.io)");
        }
        return new Problem(
                FIELD,
                where,
                "no Docker engine answers there (" + version.reason() + ")",
                "Start one (Docker Desktop, systemctl start docker), set DOCKER_HOST, or let make up install one on Debian and"
                        + " Ubuntu");
    }
}
