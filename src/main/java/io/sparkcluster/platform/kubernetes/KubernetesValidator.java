package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds parts of a description that Kubernetes cannot fulfil, or would fulfil in a way that nobody wants. */
final class KubernetesValidator {

    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;
    private static final int LONGEST_NAME = 63;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private KubernetesValidator() {}

    static List<Problem> of(ClusterPlan draft, KubernetesSettings settings) {
        var spec = draft.spec();
        var problems = new ArrayList<Problem>();
        if (settings.namespace().length() > LONGEST_NAME
                || !DNS_LABEL.matcher(settings.namespace()).matches()) {
            problems.add(new Problem(
                    "kubernetes.namespace",
                    '"' + settings.namespace() + '"',
                    "it must be lower-case letters, digits and hyphens, at most 63 characters",
                    "Choose a name such as spark"));
        }
        if (settings.cpuRequestPercent() < 1 || settings.cpuRequestPercent() > 100) {
            problems.add(new Problem(
                    "kubernetes.cpuRequestPercent",
                    Integer.toString(settings.cpuRequestPercent()),
                    "it must be 1 to 100",
                    "Choose 100 to reserve all that a pod may use"));
        }
        if (spec.name().equals("spark")) {
            problems.add(new Problem(
                    "name",
                    "spark",
                    "its service spark-master would put SPARK_MASTER_PORT=tcp://… into every pod of the namespace, which Spark"
                            + " reads as its own setting",
                    "Choose another name, such as spark-dev"));
        }
        if (settings.exposure() == Exposure.NODE_PORT) {
            draft.endpoints().forEach(page -> nodePort(page.field(), page.port(), problems));
        }
        spec.workers().groups().stream()
                .filter(group -> !group.placement().isEmpty())
                .forEach(group -> problems.add(new Problem(
                        group.field() + ".placement",
                        group.placement().toString(),
                        "only on the platform swarm workers are placed by labels",
                        "Remove it")));
        return problems;
    }

    private static void nodePort(String field, Port port, List<Problem> problems) {
        if (port.number() < FIRST_NODE_PORT || port.number() > LAST_NODE_PORT) {
            problems.add(new Problem(
                    field,
                    port.toString(),
                    "with kubernetes.exposure nodePort it is a port of the Kubernetes nodes, 30000 to 32767",
                    "Choose one in that range, for example " + (FIRST_NODE_PORT + port.number() % 1000)
                            + ", or use exposure portForward"));
        }
    }
}
