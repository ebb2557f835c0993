package io.sparkcluster.platform.kubernetes;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.images.DeliveredImages;
import io.sparkcluster.platform.images.ImageRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds images on this machine's Docker engine and delivers the images that pods run to the Kubernetes nodes. */
final class Images {

    private final ImageDelivery delivery;
    private final DeliveredImages images;

    /**
     * @param delivery how images reach the nodes
     * @param host address of the Docker engine that builds them. Default: the engine that {@code docker} uses
     */
    Images(ImageDelivery delivery, Optional<String> host) {
        this.delivery = delivery;
        this.images = new DeliveredImages(host);
    }

    ImageHandle built(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return images.built(scope, image, parent);
    }

    ImageHandle given(ResourceScope scope, ImageSpec image, Output<String> reference) {
        return images.given(scope, image, reference);
    }

    /** An image that the nodes do not have yet, and the reference by which they find it after delivery. */
    private record Sent(ImageRole role, ImageHandle image, Output<String> name) {}

    /** Delivers the built images that pods run. Their handles get the reference by which the nodes find them, known after delivery. */
    Map<ImageRole, ImageHandle> deliver(ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> all) {
        var sent = DeliveredImages.missing(plan, all).entrySet().stream()
                .map(entry -> new Sent(entry.getKey(), entry.getValue(), name(entry.getKey(), entry.getValue())))
                .toList();
        Output<String> done = script().filter(script -> !sent.isEmpty())
                .map(script -> brought(scope, sent, script))
                .orElseGet(() -> Output.of(""));
        var delivered = new EnumMap<ImageRole, ImageHandle>(all);
        for (Sent each : sent) {
            var image = each.image();
            delivered.put(
                    each.role(),
                    new ImageHandle(image.reference(), done.apply(when -> each.name()), image.contentHash(), true));
        }
        return delivered;
    }

    private Output<String> name(ImageRole role, ImageHandle image) {
        return delivery.pulledFrom()
                .map(prefix -> new ImageRegistry(prefix).name(role, image))
                .orElseGet(image::reference);
    }

    private Output<String> brought(ResourceScope scope, List<Sent> sent, String script) {
        var built =
                Output.all(sent.stream().map(each -> each.image().reference()).toList());
        var contents =
                Output.all(sent.stream().map(each -> each.image().content()).toList());
        var wanted = Output.all(sent.stream().map(Sent::name).toList());
        return new Command(
                        scope.name(),
                        CommandArgs.builder()
                                .create("set -euo pipefail\n" + script)
                                .interpreter("bash", "-c")
                                .environment(Output.tuple(built, wanted)
                                        .applyValue(names -> environment(names.t1, names.t2)))
                                .addPreviousOutputInEnv(false)
                                .triggers(Output.tuple(contents, wanted).applyValue(names -> {
                                    var both = new ArrayList<Object>(names.t1);
                                    both.addAll(names.t2);
                                    return both;
                                }))
                                .build(),
                        scope.options().build())
                .stdout();
    }

    private Map<String, String> environment(List<String> built, List<String> wanted) {
        return images.environment(Map.of("BUILT", String.join(" ", built), "WANTED", String.join(" ", wanted)));
    }

    /** The delivery command, if there is one. Image references contain no blanks, so that each list of references fits into one variable. */
    private Optional<String> script() {
        return delivery.fold(
                minikube -> Optional.of(
                        "minikube image load --profile " + ShellWord.readable(minikube.profile()) + " $WANTED"),
                containerd -> Optional.of("docker save $WANTED | ctr --address "
                        + ShellWord.readable(containerd.socket()) + " --namespace k8s.io images import -"),
                registry -> Optional.of(ImageRegistry.PUSH_ALL),
                own -> Optional.of(own.command() + " $WANTED"),
                present -> Optional.empty());
    }
}
