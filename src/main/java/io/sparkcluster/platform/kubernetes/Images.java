package io.sparkcluster.platform.kubernetes;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Role;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.docker.DockerPlatform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds images on this machine's engine and brings those that pods run to the nodes. */
final class Images {

    private final ImageDelivery delivery;
    private final Optional<String> host;
    private final DockerPlatform engine;

    /**
     * @param delivery how images come to the nodes
     * @param host address of the engine that builds them, if it is not the default one
     */
    Images(ImageDelivery delivery, Optional<String> host) {
        this.delivery = delivery;
        this.host = host;
        this.engine = host.map(address -> DockerPlatform.at(Output.of(address))).orElseGet(DockerPlatform::local);
    }

    ImageHandle of(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        if (isForPods(image.role()) && image.source() instanceof ImageSource.Registry registry) {
            // The nodes pull it.
            var reference = Output.of(registry.reference());
            return new ImageHandle(reference, reference, registry.reference(), false);
        }
        return engine.image(scope, image, parent);
    }

    /** An image that nodes do not have yet, and the name under which they find it then. */
    private record Sent(ImageRole role, ImageHandle image, Output<String> name) {}

    /** Every image that pods run gets the name under which nodes find it, known when they have it. */
    Map<ImageRole, ImageHandle> deliver(ResourceScope scope, Map<ImageRole, ImageHandle> all) {
        var sent = all.entrySet().stream()
                .filter(entry -> isForPods(entry.getKey()) && entry.getValue().built())
                .map(entry -> new Sent(entry.getKey(), entry.getValue(), name(entry.getKey(), entry.getValue())))
                .toList();
        boolean present = sent.isEmpty() || delivery instanceof ImageDelivery.Present;
        Output<String> done = present ? Output.of("") : brought(scope, sent);
        var delivered = new EnumMap<ImageRole, ImageHandle>(all);
        for (Sent each : sent) {
            var image = each.image();
            delivered.put(
                    each.role(),
                    new ImageHandle(image.reference(), done.apply(when -> each.name()), image.contentHash(), true));
        }
        return delivered;
    }

    private static boolean isForPods(ImageRole image) {
        return Arrays.stream(Role.values()).anyMatch(role -> role.image() == image);
    }

    private Output<String> name(ImageRole role, ImageHandle image) {
        return delivery instanceof ImageDelivery.Registry registry
                ? image.reference().applyValue(built -> registry.prefix() + "/" + role.label() + ":" + tag(built))
                : image.reference();
    }

    private Output<String> brought(ResourceScope scope, List<Sent> sent) {
        var built =
                Output.all(sent.stream().map(each -> each.image().reference()).toList());
        var contents =
                Output.all(sent.stream().map(each -> each.image().content()).toList());
        var wanted = Output.all(sent.stream().map(Sent::name).toList());
        return new Command(
                        scope.name(),
                        CommandArgs.builder()
                                .create("set -euo pipefail\n" + script())
                                .interpreter("bash", "-c")
                                .environment(Output.tuple(built, wanted)
                                        .applyValue(images -> environment(images.t1, images.t2)))
                                .addPreviousOutputInEnv(false)
                                .triggers(Output.tuple(contents, wanted).applyValue(images -> {
                                    var both = new ArrayList<Object>(images.t1);
                                    both.addAll(images.t2);
                                    return both;
                                }))
                                .build(),
                        scope.options().build())
                .stdout();
    }

    private Map<String, String> environment(List<String> built, List<String> wanted) {
        var variables = new TreeMap<String, String>();
        variables.put("BUILT", String.join(" ", built));
        variables.put("WANTED", String.join(" ", wanted));
        host.ifPresent(address -> variables.put("DOCKER_HOST", address));
        return variables;
    }

    /** Names of images have no blanks: each list is one variable. */
    private String script() {
        if (delivery instanceof ImageDelivery.Minikube minikube) {
            return "minikube image load --profile " + Kubectl.quoted(minikube.profile()) + " $WANTED";
        }
        if (delivery instanceof ImageDelivery.Containerd containerd) {
            return "docker save $WANTED | ctr --address " + Kubectl.quoted(containerd.socket())
                    + " --namespace k8s.io images import -";
        }
        if (delivery instanceof ImageDelivery.Registry) {
            return """
                    built=($BUILT) wanted=($WANTED)
                    for i in "${!wanted[@]}"; do
                      docker tag "${built[i]}" "${wanted[i]}"
                      docker push --quiet "${wanted[i]}"
                    done""";
        }
        if (delivery instanceof ImageDelivery.Command own) {
            return own.command() + " $WANTED";
        }
        throw new IllegalStateException("nothing to do for " + delivery);
    }

    private static String tag(String reference) {
        return reference.substring(reference.lastIndexOf(':') + 1);
    }
}
