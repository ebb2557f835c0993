package io.sparkcluster.platform.swarm;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.command.local.enums.Logging;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.TimeLimit;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.ImageBuilder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds images on this machine's engine and brings those that a machine may run to it. */
final class SwarmImages {

    private final SwarmSettings settings;
    private final Optional<String> host;
    private final ImageBuilder builder;

    /**
     * @param settings the machines
     * @param host address of the engine that builds images, if it is not the default one
     */
    SwarmImages(SwarmSettings settings, Optional<String> host) {
        this.settings = settings;
        this.host = host;
        this.builder = ImageBuilder.docker(BuildEnvironment.of(System.getenv()));
    }

    /** An image that nodes run and a user brings is left to the machines. */
    ImageHandle of(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return image.source()
                .givenReference()
                .filter(reference -> image.runs())
                .map(ImageHandle::given)
                .orElseGet(() -> builder.image(scope, image, parent));
    }

    Map<ImageRole, ImageHandle> deliver(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> images, Resource ready) {
        var delivered = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        delivered.putAll(images);
        var built = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        images.forEach((role, image) -> {
            if (plan.image(role).runs() && image.built()) {
                built.put(role, image);
            }
        });
        if (built.isEmpty()) {
            return delivered;
        }
        delivered.putAll(settings.delivery()
                .fold(
                        ssh -> sent(scope.after(List.of(ready)), plan, built),
                        registry -> pushed(scope, built, registry.prefix())));
        return delivered;
    }

    /** Sends images to the machines. By its digest an image is never looked for in a registry, where the name may be somebody else's. */
    private Map<ImageRole, ImageHandle> sent(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> images) {
        Command sending = sending(scope, plan, images);
        var sent = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        images.forEach((role, image) -> sent.put(
                role,
                new ImageHandle(
                        image.reference(),
                        Output.tuple(sending.stdout(), image.content()).applyValue(both -> both.t2),
                        image.contentHash(),
                        true)));
        return sent;
    }

    private Command sending(ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> images) {
        var contents = images.values().stream().map(ImageHandle::content).toList();
        var order = List.copyOf(images.keySet());
        Output<String> lines = Output.all(contents).applyValue(ids -> {
            var byRole = new EnumMap<ImageRole, String>(ImageRole.class);
            for (int i = 0; i < order.size(); i++) {
                byRole.put(order.get(i), ids.get(i));
            }
            return lines(plan, byRole);
        });
        Path script = settings.hosts().writeBeside("deliver.sh", deliverer());
        var args = CommandArgs.builder()
                .create("bash "
                        + ShellWord.of(script.toString()) + " "
                        + ShellWord.of(settings.hosts().config().toString()) + " "
                        + ShellWord.of(settings.managing().login().sudo()))
                .stdin(lines)
                .logging(Logging.StdoutAndStderr)
                .addPreviousOutputInEnv(false);
        host.ifPresent(address -> args.environment(Map.of("DOCKER_HOST", address)));
        return new Command(scope.name(), args.build(), scope.options().build());
    }

    /** The script that sends images, with the limit for commands of this machine. */
    static String deliverer() {
        return TimeLimit.script(Scripts.file("deliver.sh"));
    }

    /** A machine a line, with the images that it may run. */
    private String lines(ClusterPlan plan, Map<ImageRole, String> ids) {
        return settings.machines().values().stream()
                .map(machine -> needed(plan, machine).stream()
                        .flatMap(role -> Optional.ofNullable(ids.get(role)).stream())
                        .collect(Collectors.joining(" ", machine.name() + " ", "\n")))
                .filter(line -> line.contains("sha256:"))
                .collect(Collectors.joining());
    }

    private Set<ImageRole> needed(ClusterPlan plan, Machine machine) {
        var needed = EnumSet.noneOf(ImageRole.class);
        for (NodeSpec node : plan.nodes()) {
            // Whatever is published is so on the manager, by a process in the same image.
            boolean gate = !node.publishedPorts().isEmpty() && machine.name().equals(settings.manager());
            if (gate || settings.machinesFor(node.group()).contains(machine)) {
                needed.add(node.kind().image());
            }
        }
        return needed;
    }

    private Map<ImageRole, ImageHandle> pushed(ResourceScope scope, Map<ImageRole, ImageHandle> images, String prefix) {
        var pushed = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        images.forEach((role, image) -> pushed.put(role, pushed(scope, role, image, prefix)));
        return pushed;
    }

    private ImageHandle pushed(ResourceScope scope, ImageRole role, ImageHandle built, String prefix) {
        Output<String> wanted = built.reference()
                .applyValue(name -> prefix + "/" + role.label() + name.substring(name.lastIndexOf(':')));
        var command = new Command(
                scope.child(role.label()).name(),
                CommandArgs.builder()
                        .create(
                                "set -eu\ndocker tag \"$BUILT\" \"$WANTED\"\ndocker push --quiet \"$WANTED\" >/dev/null\n"
                                        + "docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' \"$WANTED\" |"
                                        + " grep -m 1 -F \"${WANTED%:*}@\"")
                        .interpreter("bash", "-c")
                        .environment(Output.tuple(built.content(), wanted).applyValue(names -> {
                            var variables = new TreeMap<>(Map.of("BUILT", names.t1, "WANTED", names.t2));
                            host.ifPresent(address -> variables.put("DOCKER_HOST", address));
                            return variables;
                        }))
                        .addPreviousOutputInEnv(false)
                        .build(),
                scope.options().build());
        return new ImageHandle(built.reference(), command.stdout(), built.contentHash(), true);
    }
}
