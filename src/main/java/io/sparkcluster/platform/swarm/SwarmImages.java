package io.sparkcluster.platform.swarm;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.command.local.enums.Logging;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Role;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.ImageBuilder;
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

    private static final List<Role> ROLES = List.of(Role.MASTER, Role.WORKER, Role.EDGE);

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
        boolean runs = ROLES.stream().anyMatch(role -> role.image() == image.role());
        return image.source()
                .givenReference()
                .filter(reference -> runs)
                .map(ImageHandle::given)
                .orElseGet(() -> builder.image(scope, image, parent));
    }

    Map<ImageRole, ImageHandle> deliver(ResourceScope scope, Map<ImageRole, ImageHandle> images, Resource ready) {
        var delivered = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        delivered.putAll(images);
        var built = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        for (Role role : ROLES) {
            Optional.ofNullable(images.get(role.image()))
                    .filter(ImageHandle::built)
                    .ifPresent(image -> built.put(role.image(), image));
        }
        if (built.isEmpty()) {
            return delivered;
        }
        delivered.putAll(settings.delivery()
                .fold(
                        ssh -> sent(scope.after(List.of(ready)), built),
                        registry -> pushed(scope, built, registry.prefix())));
        return delivered;
    }

    /** Sends images to the machines. By its digest an image is never looked for in a registry, where the name may be somebody else's. */
    private Map<ImageRole, ImageHandle> sent(ResourceScope scope, Map<ImageRole, ImageHandle> images) {
        Command sending = sending(scope, images);
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

    private Command sending(ResourceScope scope, Map<ImageRole, ImageHandle> images) {
        var contents = images.values().stream().map(ImageHandle::content).toList();
        var order = List.copyOf(images.keySet());
        Output<String> lines = Output.all(contents).applyValue(ids -> {
            var byRole = new EnumMap<ImageRole, String>(ImageRole.class);
            for (int i = 0; i < order.size(); i++) {
                byRole.put(order.get(i), ids.get(i));
            }
            return lines(byRole);
        });
        var args = CommandArgs.builder()
                .create("bash "
                        + Scripts.word(SshConfig.delivery(settings).toString()) + " "
                        + Scripts.word(SshConfig.path(settings).toString()) + " "
                        + Scripts.word(settings.managing().login().sudo()))
                .stdin(lines)
                .logging(Logging.StdoutAndStderr)
                .addPreviousOutputInEnv(false);
        host.ifPresent(address -> args.environment(Map.of("DOCKER_HOST", address)));
        return new Command(scope.name(), args.build(), scope.options().build());
    }

    /** A machine a line, with the images that it may run. */
    private String lines(Map<ImageRole, String> ids) {
        return settings.machines().values().stream()
                .map(machine -> needed(machine).stream()
                        .flatMap(role -> Optional.ofNullable(ids.get(role)).stream())
                        .collect(Collectors.joining(" ", machine.name() + " ", "\n")))
                .filter(line -> line.contains("sha256:"))
                .collect(Collectors.joining());
    }

    private Set<ImageRole> needed(Machine machine) {
        var needed = EnumSet.noneOf(ImageRole.class);
        for (Role role : ROLES) {
            // Whatever is published is so on the manager, by a process in the same image.
            boolean gate = role != Role.WORKER && machine.name().equals(settings.manager());
            if (gate || settings.machinesFor(role).contains(machine)) {
                needed.add(role.image());
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
