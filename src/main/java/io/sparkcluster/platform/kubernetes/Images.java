package io.sparkcluster.platform.kubernetes;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.Role;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Scope;
import io.sparkcluster.platform.docker.DockerPlatform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds images on this machine's engine and brings those that pods run to the nodes. */
final class Images {

    private final ImageDelivery delivery;
    private final DockerPlatform engine = DockerPlatform.local();

    /** Images are large and share most of their layers: one after the other, so that the shared ones are not sent side by side. */
    private final List<Resource> delivered = new ArrayList<>();

    Images(ImageDelivery delivery) {
        this.delivery = delivery;
    }

    ImageHandle of(Scope scope, ImageSpec image, Optional<ImageHandle> parent) {
        boolean pods = Arrays.stream(Role.values()).anyMatch(role -> role.image() == image.role());
        if (pods && image.source() instanceof ImageSource.Registry registry) {
            var reference = Output.of(registry.reference());
            return new ImageHandle(reference, reference, registry.reference(), false);
        }
        var built = engine.image(scope, image, parent);
        if (!pods) {
            return built;
        }
        return new ImageHandle(built.reference(), delivered(scope, image.role(), built), built.contentHash(), true);
    }

    /** The name under which nodes find it, known when they have it. */
    private Output<String> delivered(Scope scope, ImageRole role, ImageHandle built) {
        Output<String> reference = delivery instanceof ImageDelivery.Registry registry
                ? built.reference().applyValue(name -> registry.prefix() + "/" + role.label() + ":" + tag(name))
                : built.reference();
        if (delivery instanceof ImageDelivery.Present) {
            return reference;
        }
        var command = new Command(
                scope.child("delivery").name(),
                CommandArgs.builder()
                        .create(script())
                        .interpreter("bash", "-c")
                        .environment(Output.tuple(built.reference(), reference)
                                .applyValue(names -> Map.of("BUILT", names.t1, "WANTED", names.t2)))
                        .addPreviousOutputInEnv(false)
                        .triggers(Output.tuple(built.content(), reference)
                                .applyValue(what -> List.<Object>of(what.t1, what.t2)))
                        .build(),
                scope.after(delivered).options().build());
        delivered.add(command);
        return command.stdout().apply(done -> reference);
    }

    private String script() {
        return "set -euo pipefail\n" + load();
    }

    private String load() {
        if (delivery instanceof ImageDelivery.Minikube minikube) {
            return "minikube image load --profile " + Kubectl.quoted(minikube.profile()) + " \"$WANTED\"";
        }
        if (delivery instanceof ImageDelivery.Containerd containerd) {
            return "docker save \"$WANTED\" | ctr --address " + Kubectl.quoted(containerd.socket())
                    + " --namespace k8s.io images import -";
        }
        if (delivery instanceof ImageDelivery.Registry) {
            return "docker tag \"$BUILT\" \"$WANTED\"\ndocker push --quiet \"$WANTED\"";
        }
        if (delivery instanceof ImageDelivery.Command own) {
            return own.command() + " \"$WANTED\"";
        }
        throw new IllegalStateException("nothing to do for " + delivery);
    }

    private static String tag(String reference) {
        return reference.substring(reference.lastIndexOf(':') + 1);
    }
}
