package io.sparkcluster.platform.swarm;

import com.pulumi.core.Output;
import com.pulumi.docker.Provider;
import com.pulumi.docker.Secret;
import com.pulumi.docker.Service;
import com.pulumi.docker.ServiceArgs;
import com.pulumi.docker.inputs.ServiceConvergeConfigArgs;
import com.pulumi.docker.inputs.ServiceEndpointSpecArgs;
import com.pulumi.docker.inputs.ServiceLabelArgs;
import com.pulumi.docker.inputs.ServiceModeArgs;
import com.pulumi.docker.inputs.ServiceModeReplicatedArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecHealthcheckArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecLabelArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecContainerSpecSecretArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecLogDriverArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecNetworksAdvancedArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecPlacementArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecResourcesArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecResourcesLimitsArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecResourcesReservationArgs;
import com.pulumi.docker.inputs.ServiceTaskSpecRestartPolicyArgs;
import com.pulumi.docker.inputs.ServiceUpdateConfigArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.plan.HealthCheck;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.ResourceScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the nodes of a group as a service of a Swarm. The service's name resolves to its tasks instead of a virtual address, which no process could
 * bind. The service publishes no ports, since a published port puts a task on a second network, whose address Spark could take for its own. See <a
 * href="https://docs.docker.com/engine/swarm/networking/">Swarm networking</a>.
 */
final class NodeService {

    /** The label that tells which machine a node of the Swarm is. */
    static final String MACHINE_LABEL = "io.sparkcluster.machine";

    /** The host name of a task: the service's name and the task's number, which the engine fills in. */
    private static final String TASK = "{{.Service.Name}}-{{.Task.Slot}}";

    private static final double NANO = 1_000_000_000;
    private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(5);
    private static final Duration WATCHED = Duration.ofSeconds(10);

    private final SwarmSettings settings;
    private final Provider provider;

    NodeService(SwarmSettings settings, Provider provider) {
        this.settings = settings;
        this.provider = provider;
    }

    /** The label of the Swarm's nodes that may run the nodes of a group. */
    static String placementLabel(NodeGroup group) {
        return "io.sparkcluster." + group.kind().label()
                + group.variant().map("."::concat).orElse("");
    }

    /**
     * Registers the service.
     *
     * @param node the node, which stands for all equal nodes
     * @param count the number of tasks
     * @param own the names of durable volumes, by the paths where the node mounts them
     */
    Service of(ResourceScope parent, NodeSpec node, int count, NodeContext context, Map<String, Output<String>> own) {
        var scope = parent.of(node).label(Labels.SECRETS_GENERATION, Integer.toString(context.secretsGeneration()));
        var after = new ArrayList<Resource>(scope.after());
        after.addAll(context.secretsDelivered(node));
        return new Service(
                scope.name(),
                ServiceArgs.builder()
                        .name(node.group().name())
                        .labels(scope.labels((label, text) -> ServiceLabelArgs.builder()
                                .label(label)
                                .value(text)
                                .build()))
                        .mode(ServiceModeArgs.builder()
                                .replicated(ServiceModeReplicatedArgs.builder()
                                        .replicas(count)
                                        .build())
                                .build())
                        .endpointSpec(
                                ServiceEndpointSpecArgs.builder().mode("dnsrr").build())
                        .taskSpec(task(scope, node, context, own))
                        .updateConfig(ServiceUpdateConfigArgs.builder()
                                // One worker at a time, so that it can hand its blocks to the others.
                                .parallelism(1)
                                .order("stop-first")
                                .failureAction("pause")
                                .monitor(text(WATCHED))
                                .build())
                        .convergeConfig(ServiceConvergeConfigArgs.builder()
                                .delay("1s")
                                .timeout(text(timeout(node, count)))
                                .build())
                        .build(),
                scope.after(after)
                        .options()
                        .provider(provider)
                        // The name is fixed, so that the old service must go first.
                        .deleteBeforeReplace(true)
                        .build());
    }

    /** A rolling update stops and starts the tasks one after the other. */
    private static Duration timeout(NodeSpec node, int count) {
        return node.health()
                .startTimeout()
                .plus(node.stop().grace().plusMinutes(1).multipliedBy(count));
    }

    private ServiceTaskSpecArgs task(
            ResourceScope scope, NodeSpec node, NodeContext context, Map<String, Output<String>> own) {
        var placement = ServiceTaskSpecPlacementArgs.builder()
                .constraints("node.labels." + placementLabel(node.group()) + "==yes")
                .prefs("spread=node.labels." + MACHINE_LABEL);
        if (node.traits().replicated() && settings.workersPerMachine() > 0) {
            placement.maxReplicas(settings.workersPerMachine());
        }
        return ServiceTaskSpecArgs.builder()
                .containerSpec(container(scope, node, context, own))
                .networksAdvanceds(ServiceTaskSpecNetworksAdvancedArgs.builder()
                        .id(context.network().id())
                        .build())
                .placement(placement.build())
                .resources(ServiceTaskSpecResourcesArgs.builder()
                        .limits(ServiceTaskSpecResourcesLimitsArgs.builder()
                                .nanoCpus(whole(node.resources().cpus() * NANO))
                                .memoryBytes(whole(bytes(node)))
                                .build())
                        .reservation(ServiceTaskSpecResourcesReservationArgs.builder()
                                .nanoCpus(
                                        whole(node.resources().cpus() * NANO * settings.cpuReservationPercent() / 100))
                                .memoryBytes(whole(bytes(node)))
                                .build())
                        .build())
                .restartPolicy(ServiceTaskSpecRestartPolicyArgs.builder()
                        .condition("any")
                        .delay(text(BETWEEN_RESTARTS))
                        // The engine's default: the provider would report a difference if this were left out.
                        .window("0s")
                        .build())
                .logDriver(ServiceTaskSpecLogDriverArgs.builder()
                        .name("json-file")
                        .options(Map.of("max-size", "10m", "max-file", "3"))
                        .build())
                .build();
    }

    private ServiceTaskSpecContainerSpecArgs container(
            ResourceScope scope, NodeSpec node, NodeContext context, Map<String, Output<String>> own) {
        return ServiceTaskSpecContainerSpecArgs.builder()
                .image(context.image().content())
                .args(command(node))
                // With this host name, a task finds its own name in its /etc/hosts. The network's name server has the
                // name only when the task is healthy, and a master that cannot bind its name never gets healthy.
                .hostname(node.traits().replicated() ? TASK : node.hostName())
                .env(isOneOfMany(node) ? Map.of() : node.variables())
                .mounts(new ServiceMounts(settings).of(node, context, own))
                .secrets(secrets(node, context))
                .readOnly(true)
                .capDrops("ALL")
                .stopGracePeriod(text(node.stop().grace()))
                .healthcheck(healthCheck(node.health()))
                .labels(scope.labels((label, text) -> ServiceTaskSpecContainerSpecLabelArgs.builder()
                        .label(label)
                        .value(text)
                        .build()))
                .build();
    }

    /**
     * Whether a service has several tasks like this one. The variables of such tasks are part of the command. As variables of the service, they would
     * reach the engine in another order with every update; the engine would take that for a change, and one more worker would replace all others.
     */
    private static boolean isOneOfMany(NodeSpec node) {
        return node.traits().replicated();
    }

    private static List<String> command(NodeSpec node) {
        if (!isOneOfMany(node)) {
            return node.command();
        }
        var command = new ArrayList<>(List.of("env"));
        node.variables().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(node.process());
        return command;
    }

    private static List<ServiceTaskSpecContainerSpecSecretArgs> secrets(NodeSpec node, NodeContext context) {
        var secrets = new ArrayList<ServiceTaskSpecContainerSpecSecretArgs>();
        for (SecretSpec wanted : node.secrets()) {
            if (!(context.secretOf(node, wanted).delivered() instanceof Secret made)) {
                throw new IllegalArgumentException(
                        wanted.name() + " is no secret of a Swarm: it must come from the same platform");
            }
            secrets.add(ServiceTaskSpecContainerSpecSecretArgs.builder()
                    .secretId(made.id())
                    .secretName(made.name())
                    .fileName(wanted.file())
                    .fileUid(Integer.toString(ClusterUser.ID))
                    .fileGid(Integer.toString(ClusterUser.ID))
                    .fileMode(0400)
                    .build());
        }
        return secrets;
    }

    private static ServiceTaskSpecContainerSpecHealthcheckArgs healthCheck(HealthCheck check) {
        var test = new ArrayList<String>();
        test.add("CMD");
        test.addAll(check.ready().asCommand());
        return ServiceTaskSpecContainerSpecHealthcheckArgs.builder()
                .tests(test)
                .interval(text(check.interval()))
                .timeout(text(check.timeout()))
                .retries(check.retries())
                .startPeriod(text(check.startPeriod()))
                .build();
    }

    private static double bytes(NodeSpec node) {
        return node.resources().memory().mebibytes() * 1024.0 * 1024.0;
    }

    /**
     * Passes a number that is too large for an {@code Integer}, the type that the SDK demands: 2 GiB is. On the wire every number is a double, and
     * this program never reads the output.
     */
    @SuppressWarnings("unchecked")
    static Output<Integer> whole(double number) {
        return (Output<Integer>) (Output<?>) Output.of(Math.rint(number));
    }

    /** A duration in Go's notation, shortened as the provider does it so that a refresh finds no difference: {@code 2m}, not {@code 120s} or {@code 2m0s}. */
    static String text(Duration duration) {
        long minutes = duration.toMinutes();
        int seconds = duration.toSecondsPart();
        return (minutes > 0 ? minutes + "m" : "") + (minutes > 0 && seconds == 0 ? "" : seconds + "s");
    }
}
