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
import io.sparkcluster.platform.images.BuildEnvironment;
import io.sparkcluster.platform.images.ImageBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds images on this machine's engine and brings those that pods run to the nodes. */
final class Images {

    private final ImageDelivery delivery;
    private final Optional<String> host;
    private final ImageBuilder builder;

    /**
     * @param delivery how images come to the nodes
     * @param host address of the engine that builds them, if it is not the default one
     */
    Images(ImageDelivery delivery, Optional<String> host) {
        this.delivery = delivery;
        this.host = host;
        this.builder = ImageBuilder.docker(BuildEnvironment.of(System.getenv()));
    }

    /** An image that pods run and a user brings is left to the nodes. */
    ImageHandle of(ResourceScope scope, ImageSpec image, Optional<ImageHandle> parent) {
        return image.source()
                .givenReference()
                .filter(reference -> image.runs())
                .map(ImageHandle::given)
                .orElseGet(() -> builder.image(scope, image, parent));
    }

    /** An image that nodes do not have yet, and the name under which they find it then. */
    private record Sent(ImageRole role, ImageHandle image, Output<String> name) {}

    /** Every image that pods run gets the name under which nodes find it, known when they have it. */
    Map<ImageRole, ImageHandle> deliver(ResourceScope scope, ClusterPlan plan, Map<ImageRole, ImageHandle> all) {
        var sent = all.entrySet().stream()
                .filter(entry ->
                        plan.image(entry.getKey()).runs() && entry.getValue().built())
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
                .map(prefix -> image.reference().applyValue(built -> prefix + "/" + role.label() + ":" + tag(built)))
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

    /** What brings images to the nodes, if they are not there already. Names of images have no blanks: each list is one variable. */
    private Optional<String> script() {
        return delivery.fold(
                minikube -> Optional.of(
                        "minikube image load --profile " + ShellWord.readable(minikube.profile()) + " $WANTED"),
                containerd -> Optional.of("docker save $WANTED | ctr --address "
                        + ShellWord.readable(containerd.socket()) + " --namespace k8s.io images import -"),
                registry -> Optional.of("""
                        built=($BUILT) wanted=($WANTED)
                        for i in "${!wanted[@]}"; do
                          docker tag "${built[i]}" "${wanted[i]}"
                          docker push --quiet "${wanted[i]}"
                        done"""),
                own -> Optional.of(own.command() + " $WANTED"),
                present -> Optional.empty());
    }

    private static String tag(String reference) {
        return reference.substring(reference.lastIndexOf(':') + 1);
    }
}
