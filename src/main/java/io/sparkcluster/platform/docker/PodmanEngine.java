package io.sparkcluster.platform.docker;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.command.local.enums.Logging;
import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.BundledScript;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.TimeLimit;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.EngineKind;
import io.sparkcluster.platform.images.ImageBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Podman, which serves the Docker Engine's API with some differences. They were observed with Podman 4.3. */
final class PodmanEngine extends Engine {

    static final Engine INSTANCE = new PodmanEngine();

    private static final String ROOTS_SOCKET = "unix:///run/podman/podman.sock";

    /** Podman's own variable for its service's address. */
    private static final String CONTAINER_HOST = "CONTAINER_HOST";

    private static final String UPLOADS = "/spark-cluster-uploads/";

    private static final String AWAIT_READY = TimeLimit.script(BundledScript.text(PodmanEngine.class, "await-ready"));
    private static final String COPY_IN_CONTAINER =
            TimeLimit.script(BundledScript.text(PodmanEngine.class, "copy-in-container"));

    private PodmanEngine() {}

    @Override
    public EngineKind kind() {
        return EngineKind.PODMAN;
    }

    /** {@code CONTAINER_HOST}, else where systemd puts the socket: for root below {@code /run}, for others below {@code XDG_RUNTIME_DIR}. */
    @Override
    public Optional<String> defaultHost(Map<String, String> environment) {
        return Optional.of(Optional.ofNullable(environment.get(CONTAINER_HOST))
                .or(() -> Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                        .filter(folder ->
                                !"root".equals(environment.getOrDefault("USER", System.getProperty("user.name"))))
                        .map(folder -> "unix://" + folder + "/podman/podman.sock"))
                .orElse(ROOTS_SOCKET));
    }

    @Override
    boolean refusesMoreCpus() {
        return false;
    }

    /** In Podman's API, an image name without a registry means Docker Hub, and images that are built here have no registry. */
    @Override
    ImageBuilder images(BuildEnvironment network) {
        return ImageBuilder.podman(network);
    }

    /** Podman 4 cannot set the owner of a folder in memory. Only the cluster's user runs processes in a node's container, and sees the folder. */
    @Override
    String ownMemory() {
        return "mode=1777";
    }

    /** Podman fills in the driver that assigns addresses. */
    @Override
    List<String> filledInNetwork() {
        return List.of("ipamOptions");
    }

    /** Podman adds folders in memory and mount options, lists every capability that it drops, and does not report the log options. */
    @Override
    List<String> filledInContainer() {
        return List.of("capabilities", "logOpts", "securityOpts", "tmpfs");
    }

    /** Podman runs health checks by timers of systemd, and these do not run without systemd or without a systemd for this user. */
    @Override
    boolean checksHealth() {
        return false;
    }

    @Override
    Resource ready(ResourceScope scope, NodeSpec node, Container container, Optional<Output<String>> host) {
        var check = node.health();
        String arguments = Stream.concat(
                        Stream.of(seconds(check.startTimeout()), seconds(check.timeout())),
                        check.ready().asCommand().stream().map(ShellWord::readable))
                .collect(Collectors.joining(" "));
        return about(scope.child("ready"), container, AWAIT_READY, arguments, host);
    }

    /** Podman unpacks the provider's uploads into the container's own files, where a mounted volume would hide them. */
    @Override
    String uploadPath(SecretSpec secret) {
        return UPLOADS + secret.name() + "/" + secret.fileName();
    }

    /** Copies the file from there into the volume. Podman writes into a volume only if the target is exactly the folder where the volume is mounted. */
    @Override
    Resource delivered(ResourceScope scope, SecretSpec secret, Container carrier, Optional<Output<String>> host) {
        String arguments = uploadPath(secret) + " " + secret.folder();
        return about(scope.child("delivered"), carrier, COPY_IN_CONTAINER, arguments, host);
    }

    /** Runs a script about a container; runs it again when the container is replaced. */
    private static Command about(
            ResourceScope scope, Container container, String script, String arguments, Optional<Output<String>> host) {
        return new Command(
                scope.name(),
                CommandArgs.builder()
                        .create(container.name().applyValue(name -> "sh -s -- " + name + " " + arguments))
                        // On standard input, since the text of a command is part of its error.
                        .stdin(script)
                        .environment(address(host))
                        .addPreviousOutputInEnv(false)
                        .logging(Logging.None)
                        .triggers(container.id().applyValue(id -> List.<Object>of(id)))
                        .build(),
                scope.options().dependsOn(container).build());
    }

    private static Output<Map<String, String>> address(Optional<Output<String>> host) {
        return host.map(address -> address.applyValue(value -> Map.of("DOCKER_HOST", value)))
                .orElseGet(() -> Output.of(Map.of()));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
