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
import io.sparkcluster.platform.images.DeliveredImages;
import io.sparkcluster.platform.images.ImageRegistry;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds images on this machine's Docker engine and delivers to each machine the images that it may run. */
final class SwarmImages {

    private final SwarmSettings settings;
    private final DeliveredImages images;

    /**
     * @param settings the machines
     * @param host address of the Docker engine that builds images. Default: the engine that {@code docker} uses
     */
    SwarmImages(SwarmSettings settings, Optional<String> host) {
        this.settings = settings;
        this.images = new DeliveredImages(host);
    }

    ImageHandle built(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return images.built(scope, image, parent);
    }

    ImageHandle given(ResourceScope scope, ImageSpec image, Output<String> reference) {
        return images.given(scope, image, reference);
    }

    /**
     * Delivers the built images that nodes run.
     *
     * @param all all images
     * @param ready what must be complete before images are sent by SSH
     * @return all images, the delivered ones with the reference by which the machines find them
     */
    Map<ImageRole, ImageHandle> deliver(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> all, Resource ready) {
        var delivered = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        delivered.putAll(all);
        var missing = DeliveredImages.missing(plan, all);
        if (!missing.isEmpty()) {
            delivered.putAll(settings.delivery()
                    .fold(
                            ssh -> sent(scope.after(List.of(ready)), plan, missing),
                            registry -> pushed(scope, missing, new ImageRegistry(registry.prefix()))));
        }
        return delivered;
    }

    /** Sends images to the machines. Nodes name them by digest, so that no engine looks for the name in a registry, where somebody else may own it. */
    private Map<ImageRole, ImageHandle> sent(
            ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> missing) {
        Command sending = sending(scope, plan, missing);
        var sent = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        missing.forEach((role, image) -> sent.put(
                role,
                new ImageHandle(
                        image.reference(),
                        Output.tuple(sending.stdout(), image.content()).applyValue(both -> both.t2),
                        image.contentHash(),
                        true)));
        return sent;
    }

    private Command sending(ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> missing) {
        var contents = missing.values().stream().map(ImageHandle::content).toList();
        var order = List.copyOf(missing.keySet());
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
        var environment = images.environment(Map.of());
        if (!environment.isEmpty()) {
            args.environment(environment);
        }
        return new Command(scope.name(), args.build(), scope.options().build());
    }

    /** The script that sends images, with the function that limits the time of commands. */
    static String deliverer() {
        return TimeLimit.script(Scripts.file("deliver.sh"));
    }

    /** One line for each machine that may run any of the images: its name and the images' digests. */
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
            // The port forwarder runs on the manager, in the image of the node whose ports it publishes.
            boolean gate = !node.publishedPorts().isEmpty() && machine.name().equals(settings.manager());
            if (gate || settings.machinesFor(node.group()).contains(machine)) {
                needed.add(node.kind().image());
            }
        }
        return needed;
    }

    private Map<ImageRole, ImageHandle> pushed(
            ResourceScope scope, Map<ImageRole, ImageHandle> missing, ImageRegistry registry) {
        var pushed = new EnumMap<ImageRole, ImageHandle>(ImageRole.class);
        missing.forEach(
                (role, image) -> pushed.put(role, registry.pushed(scope.child(role.label()), images, role, image)));
        return pushed;
    }
}
