package io.sparkcluster.platform.docker;

import com.pulumi.deployment.Deployment;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Endpoint;
import io.sparkcluster.plan.ListenPort;
import io.sparkcluster.platform.ClusterTags;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.PreflightContext;
import io.sparkcluster.platform.images.CustomImageCheck;
import io.sparkcluster.platform.images.DockerCli;
import io.sparkcluster.platform.images.EngineCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the machine before anything is made, since the engine reports these problems only half-way, after it made other things: no
 * engine, no rights on its socket, a port that somebody else has, an image of the user's that is not there or does not fit.
 */
final class DockerPreflight {

    /** The tag that says which workspace the stack has, by name and time of creation. */
    static final String WORKSPACE = "workspace";

    private final Engine engine;
    private final DockerCli docker;
    private final Optional<String> host;
    private final Map<String, String> environment;
    private final Optional<Consumer<String>> pulling;
    private final Supplier<Set<String>> inState;
    private final Wording wording;

    /**
     * @param engine what should answer
     * @param host the configured engine, if it is not the default one
     * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default one
     */
    DockerPreflight(Engine engine, Optional<String> host, Map<String, String> environment) {
        this(engine, "docker", host, environment);
    }

    DockerPreflight(Engine engine, String program, Optional<String> host, Map<String, String> environment) {
        this(engine, new DockerCli(program, host), host, environment, Optional.empty(), Set::of, Wording.neutral());
    }

    private DockerPreflight(
            Engine engine,
            DockerCli docker,
            Optional<String> host,
            Map<String, String> environment,
            Optional<Consumer<String>> pulling,
            Supplier<Set<String>> inState,
            Wording wording) {
        this.engine = engine;
        this.docker = docker;
        this.host = host;
        this.environment = environment;
        this.pulling = pulling;
        this.inState = inState;
        this.wording = wording;
    }

    /**
     * The same, pulling those of the user's images that the engine lacks, so as to look into them. Not for a preview, which changes nothing
     * and looks only into those that are there.
     *
     * @param announce is told what takes its time
     */
    DockerPreflight pulling(Consumer<String> announce) {
        return new DockerPreflight(engine, docker, host, environment, Optional.of(announce), inState, wording);
    }

    /**
     * The same with a look at the stack's state, by which it knows what it made before owners were noted.
     *
     * @param identifiers the identifiers that the state has; asked for only where it matters, and once
     */
    DockerPreflight withState(Supplier<Set<String>> identifiers) {
        return new DockerPreflight(engine, docker, host, environment, pulling, identifiers, wording);
    }

    /** The same with other words for what the reader can do. Default: those for a program in Java. */
    DockerPreflight withWording(Wording words) {
        return new DockerPreflight(engine, docker, host, environment, pulling, inState, words);
    }

    /** All of it, as an update or a preview asks: what stands in the way; else what can be mended is, and what is new is kept in mind. */
    List<Problem> run(ClusterPlan plan, PreflightContext context) {
        boolean changes = !Deployment.getInstance().isDryRun();
        var ownership = context.ownership();
        var progress = context.progress();
        var worded = withWording(context.wording());
        var look = changes ? worded.pulling(progress) : worded;
        var problems = look.check(plan, ownership);
        if (problems.isEmpty()) {
            problems = look.repair(plan, ownership, changes, progress);
            look.takeOver(plan, ownership, progress)
                    .ifPresent(
                            workspace -> new ClusterTags(ownership, plan.spec().name()).keep(WORKSPACE, workspace));
            look.lostWorkspace(plan, ownership).ifPresent(progress);
        }
        return problems;
    }

    /**
     * Everything that stands in the way.
     *
     * @param plan the cluster that is to be made
     * @param ownership its owner: what is the owner's is not in the way
     */
    List<Problem> check(ClusterPlan plan, Ownership ownership) {
        var inTheWay = engine();
        if (!inTheWay.isEmpty()) {
            return inTheWay;
        }
        var check = ownershipCheck(plan, ownership);
        var problems = new ArrayList<Problem>(check.problems());
        problems.addAll(new CustomImageCheck(docker, pulling).check(plan, wording));
        problems.addAll(ports(plan, check));
        EngineCapacity.of(docker).ifPresent(capacity -> problems.addAll(capacity.problems(plan, engine)));
        return problems;
    }

    /**
     * Brings back nodes that somebody paused or took off their network; a preview only says so.
     *
     * @param changes whether anything may be changed
     * @param progress told what is brought back
     */
    List<Problem> repair(ClusterPlan plan, Ownership ownership, boolean changes, Consumer<String> progress) {
        var repair = new ContainerRepair(docker, plan, ownership.owner());
        if (changes) {
            return repair.repair(progress);
        }
        repair.announce(progress);
        return List.of();
    }

    /**
     * What a stack takes over from a release that noted no owner: the fingerprint of its workspace, since an engine adds no label to a volume that exists.
     *
     * @param announce is told that something is taken over
     */
    Optional<String> takeOver(ClusterPlan plan, Ownership ownership, Consumer<String> announce) {
        var check = ownershipCheck(plan, ownership);
        if (check.takesOver()) {
            announce.accept(
                    "this stack's state shows that the cluster \"" + plan.spec().name()
                            + "\", which an earlier release made, is its own: taking it over; its containers are replaced once, its workspace stays");
        }
        return check.takenOver();
    }

    /** Tells a volume from a later one of the same name. */
    String fingerprint(String volume) {
        return volume + " " + EngineThings.created(docker, volume);
    }

    /**
     * Whether a volume is the one that was noted. An engine that does not remember when it made a volume cannot tell it from a later one of the same name.
     *
     * @param noted an earlier fingerprint
     */
    boolean isNoted(String noted, String volume) {
        String now = fingerprint(volume);
        boolean isThere = !now.equals(volume + " ");
        return isThere
                && (noted.equals(now)
                        || (noted.startsWith(volume + " ")
                                && !new EngineCheck(engine.kind(), docker, host, environment)
                                        .remembersWhenVolumesWereMade()));
    }

    /** Words about the stack's workspace, if it is gone or another volume has its name. */
    Optional<String> lostWorkspace(ClusterPlan plan, Ownership ownership) {
        String name = plan.workspace().name();
        return new ClusterTags(ownership, plan.spec().name())
                .get(WORKSPACE)
                .filter(workspace -> !plan.workspace().existing() && workspace.startsWith(name + " "))
                .filter(workspace -> !isNoted(workspace, name))
                .map(workspace -> "the workspace " + name + ", made at " + workspace.substring(name.length() + 1)
                        + ", is gone, and the files in it are lost: the cluster gets a new, empty one");
    }

    private OwnershipCheck ownershipCheck(ClusterPlan plan, Ownership ownership) {
        return new OwnershipCheck(
                plan,
                ownership.owner(),
                EngineThings.of(docker),
                new ClusterTags(ownership, plan.spec().name()).get(WORKSPACE),
                this::fingerprint,
                this::isNoted,
                inState,
                wording);
    }

    /** What works, but less well than somebody may expect. Nothing where no engine answers. */
    List<String> warnings(ClusterPlan plan) {
        var warnings = new ArrayList<>(new CustomImageCheck(docker, pulling).absent(plan));
        EngineCapacity.of(docker).ifPresent(capacity -> warnings.addAll(capacity.warnings(plan, engine)));
        return warnings;
    }

    private List<Problem> engine() {
        return new EngineCheck(engine.kind(), docker, host, environment).problems(wording);
    }

    private List<Problem> ports(ClusterPlan plan, OwnershipCheck check) {
        String address = plan.spec().security().publishAddress();
        // What another machine's own programs listen on is not known here; what its engine publishes is.
        boolean remote = isRemote();
        var absent = remote ? Optional.<Problem>empty() : HostAddress.problem(address);
        if (absent.isPresent()) {
            return List.of(absent.get());
        }
        var problems = new ArrayList<Problem>();
        for (var node : plan.nodes()) {
            for (ListenPort port : node.ports()) {
                port.endpoint()
                        .filter(endpoint -> remote
                                ? check.excludes(address, endpoint.port())
                                : isTaken(address, endpoint.port()) && !check.publishes(endpoint.port()))
                        .ifPresent(endpoint -> problems.add(portProblem(
                                port.name() + " of the " + node.kind().label(), endpoint, check)));
            }
        }
        return problems;
    }

    private boolean isRemote() {
        return host.or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
                .filter(address -> !address.startsWith("unix:"))
                .isPresent();
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

    private Problem portProblem(String server, Endpoint endpoint, OwnershipCheck check) {
        String field = endpoint.field();
        Port published = endpoint.port();
        String use = ", which " + server + " should be published on";
        return check.publisher(published)
                .map(theirs -> new Problem(
                        field,
                        published.toString(),
                        "the container " + theirs.name() + " " + theirs.whose() + " publishes this port" + use,
                        check.sideBySide()))
                .orElseGet(() -> new Problem(
                        field,
                        published.toString(),
                        "another program on this machine uses this port" + use,
                        "End that program, or choose another port: " + wording.set(field, another(published))));
    }

    private static String another(Port taken) {
        return Integer.toString(taken.number() + 10_000 <= 65_535 ? taken.number() + 10_000 : taken.number() - 1);
    }
}
