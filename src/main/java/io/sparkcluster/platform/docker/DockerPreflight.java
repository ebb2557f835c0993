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
import io.sparkcluster.platform.images.ArchitectureCheck;
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
 * Checks the machine before anything is made: whether an engine answers, this user may use it, the ports are free, and supplied images exist and fit. The
 * engine itself would report these problems only half-way, after other resources were made.
 */
final class DockerPreflight {

    /** The tag that identifies the stack's workspace, by its {@link #fingerprint}. */
    static final String WORKSPACE = "workspace";

    private final Engine engine;
    private final DockerCli docker;
    private final Optional<String> host;
    private final Map<String, String> environment;
    private final Optional<Consumer<String>> pulling;
    private final Supplier<Set<String>> inState;
    private final Wording wording;

    /**
     * @param engine the engine that should answer
     * @param host its configured address; empty for the default engine
     * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default engine
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
     * The same check, which also pulls supplied images that the engine lacks, in order to check them. Not for a preview, which changes nothing and checks only
     * the images that the engine has.
     *
     * @param announce receives a line about each image that is pulled
     */
    DockerPreflight pulling(Consumer<String> announce) {
        return new DockerPreflight(engine, docker, host, environment, Optional.of(announce), inState, wording);
    }

    /**
     * The same check with access to the stack's state, which identifies what the stack made before releases noted owners.
     *
     * @param identifiers the identifiers in the state; asked for only if they matter
     */
    DockerPreflight withState(Supplier<Set<String>> identifiers) {
        return new DockerPreflight(engine, docker, host, environment, pulling, identifiers, wording);
    }

    /** The same check with other words for what the reader can do. Default: those for a program in Java. */
    DockerPreflight withWording(Wording words) {
        return new DockerPreflight(engine, docker, host, environment, pulling, inState, words);
    }

    /**
     * The whole preflight of an update or a preview. If {@link #check} finds no problem, an update also repairs nodes and records a workspace that the stack
     * takes over; a preview only reports this.
     */
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
     * Finds everything that would make an update fail.
     *
     * @param plan the cluster to be made
     * @param ownership its owner; what belongs to the owner is no obstacle
     */
    List<Problem> check(ClusterPlan plan, Ownership ownership) {
        var inTheWay = engine();
        if (!inTheWay.isEmpty()) {
            return inTheWay;
        }
        var check = ownershipCheck(plan, ownership);
        var problems = new ArrayList<Problem>(check.problems());
        problems.addAll(new CustomImageCheck(docker, pulling).check(plan, wording));
        problems.addAll(new ArchitectureCheck(docker, environment).problems(plan, image -> true));
        problems.addAll(ports(plan, check));
        EngineCapacity.of(docker).ifPresent(capacity -> problems.addAll(capacity.problems(plan, engine)));
        return problems;
    }

    /**
     * Brings back nodes that somebody paused or disconnected from their network.
     *
     * @param changes whether anything may be changed; a preview only reports the nodes
     * @param progress receives a line about each of these nodes
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
     * The fingerprint of a workspace that the stack takes over from a release that noted no owner. Recording it replaces the owner's label, which an engine
     * cannot add to an existing volume.
     *
     * @param announce receives a line if something is taken over
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

    /** A volume's name and creation time, which tell it from a later volume of the same name. */
    String fingerprint(String volume) {
        return volume + " " + EngineThings.created(docker, volume);
    }

    /**
     * Whether a volume has the noted fingerprint. If the engine does not keep creation times, the name alone decides.
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

    /** A message if the stack's workspace is gone or another volume has its name. */
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

    /** What will work, but less well than a user may expect. */
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
        // On another machine, the ports that its engine publishes are known here, but not those of other programs.
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
