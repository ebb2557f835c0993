package io.sparkcluster.platform.docker;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.inputs.ContainerCapabilitiesArgs;
import com.pulumi.docker.inputs.ContainerHealthcheckArgs;
import com.pulumi.docker.inputs.ContainerLabelArgs;
import com.pulumi.docker.inputs.ContainerNetworksAdvancedArgs;
import com.pulumi.docker.inputs.ContainerPortArgs;
import com.pulumi.docker.inputs.ContainerVolumeArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.HealthCheck;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.VolumeHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node as a container: hardened, limited in CPUs and memory, restarted by the engine, and, if the engine runs health checks, complete when it is healthy. See
 * <a href="https://docs.docker.com/reference/cli/docker/container/run/">docker run</a> for what each setting does.
 */
final class NodeContainer {

    /**
     * With {@code unless-stopped}, nodes would not come back after the engine was killed: the next engine stops the containers that it finds running, and takes
     * them for stopped by hand (moby 20.10). On Podman, podman-restart.service starts only containers with {@code always}.
     */
    private static final String RESTART = "always";

    private NodeContainer() {}

    static Container of(
            Engine engine,
            ResourceScope scope,
            NodeSpec node,
            NodeContext context,
            Map<String, VolumeHandle> ownVolumes) {
        var after = new ArrayList<Resource>(scope.after());
        after.addAll(context.secretsDelivered(node));
        int memory = Math.toIntExact(node.resources().memory().mebibytes());
        int grace = seconds(node.stop().grace());
        return new Container(
                scope.name(),
                ContainerArgs.builder()
                        .name(node.hostName())
                        .hostname(node.hostName())
                        .image(context.image().content())
                        .command(node.command())
                        .envs(environment(node))
                        .networksAdvanced(ContainerNetworksAdvancedArgs.builder()
                                .name(context.network().name())
                                .aliases(node.hostName())
                                .build())
                        .ports(ports(node, context.publishAddress()))
                        .volumes(volumes(node, context, ownVolumes))
                        .tmpfs(memory(engine, node))
                        .readOnly(true)
                        .capabilities(
                                ContainerCapabilitiesArgs.builder().drops("ALL").build())
                        .securityOpts("no-new-privileges:true")
                        .cpus(Double.toString(node.resources().cpus()))
                        .memory(memory)
                        // Memory and swap together are limited to the memory: no swap. Left out, the engine's choice
                        // would show as a change in every run.
                        .memorySwap(memory)
                        .restart(RESTART)
                        .stopTimeout(grace)
                        .destroyGraceSeconds(grace)
                        .logDriver("json-file")
                        .logOpts(Map.of("max-size", "10m", "max-file", "3"))
                        .healthcheck(healthCheck(node.health()))
                        .wait_(engine.checksHealth())
                        .waitTimeout(seconds(node.health().startTimeout()))
                        .labels(labels(scope.of(node), context.secretsVersion(node)))
                        .build(),
                scope.after(after)
                        .options()
                        // Names and published ports are fixed, so the old container must be deleted first.
                        .deleteBeforeReplace(true)
                        // The engine cannot change the health check of an existing container
                        // (kreuzwerker/terraform-provider-docker#988). A container that somebody stopped shows as a
                        // change of mustRun; an update in place would start it without waiting until it is healthy.
                        .replaceOnChanges(List.of("healthcheck", "mustRun"))
                        .ignoreChanges(engine.filledInContainer())
                        .build());
    }

    static List<ContainerLabelArgs> labels(ResourceScope scope) {
        return scope.labels((label, text) ->
                ContainerLabelArgs.builder().label(label).value(text).build());
    }

    private static List<ContainerLabelArgs> labels(ResourceScope scope, Output<String> secrets) {
        var labels = new ArrayList<>(labels(scope));
        labels.add(ContainerLabelArgs.builder()
                .label(Labels.SECRETS_GENERATION)
                .value(secrets)
                .build());
        return labels;
    }

    private static List<String> environment(NodeSpec node) {
        return node.variables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static List<ContainerPortArgs> ports(NodeSpec node, String address) {
        var ports = new ArrayList<ContainerPortArgs>();
        node.ports().forEach(port -> port.published()
                .ifPresent(published -> ports.add(ContainerPortArgs.builder()
                        .internal(port.port().number())
                        .external(published.number())
                        .ip(address)
                        .build())));
        return ports;
    }

    private static List<ContainerVolumeArgs> volumes(
            NodeSpec node, NodeContext context, Map<String, VolumeHandle> ownVolumes) {
        var volumes = new ArrayList<ContainerVolumeArgs>();
        for (Mount mount : node.mounts()) {
            volume(mount, node, context, ownVolumes)
                    .ifPresent(volume -> volumes.add(ContainerVolumeArgs.builder()
                            .volumeName(volume.name())
                            .containerPath(mount.path())
                            .readOnly(mount.readOnly())
                            .build()));
        }
        return volumes;
    }

    /** The volume behind a mount; empty for a folder in memory, see {@link #memory}. */
    private static Optional<VolumeHandle> volume(
            Mount mount, NodeSpec node, NodeContext context, Map<String, VolumeHandle> ownVolumes) {
        return mount.fold(
                shared -> Optional.of(context.volumeOf(node, shared)),
                own -> Optional.of(Optional.ofNullable(ownVolumes.get(own.path()))
                        .orElseThrow(() ->
                                new IllegalArgumentException(node.hostName() + " needs a volume at " + own.path()))),
                memory -> Optional.empty(),
                secret -> Optional.of(context.secretOf(node, secret.secret()).volume()));
    }

    /** Spark unpacks native libraries into its temporary folder and runs them from there, hence {@code exec}. */
    private static Map<String, String> memory(Engine engine, NodeSpec node) {
        var folders = new TreeMap<String, String>();
        for (Mount.Memory folder : node.memoryFolders()) {
            folders.put(
                    folder.path(),
                    "rw,exec,nosuid,nodev,size=" + folder.mebibytes() + "m,"
                            + (folder.shared() ? "mode=1777" : engine.ownMemory()));
        }
        return folders;
    }

    private static ContainerHealthcheckArgs healthCheck(HealthCheck check) {
        var test = new ArrayList<String>();
        test.add("CMD");
        test.addAll(check.ready().asCommand());
        return ContainerHealthcheckArgs.builder()
                .tests(test)
                .interval(duration(check.interval()))
                .timeout(duration(check.timeout()))
                .retries(check.retries())
                .startPeriod(duration(check.startPeriod()))
                .build();
    }

    /** A duration in Go's notation, as the engine prints it, so that a later run finds no difference: {@code 2m0s}, not {@code 120s}. */
    static String duration(Duration duration) {
        long minutes = duration.toMinutes();
        return (minutes > 0 ? minutes + "m" : "") + duration.toSecondsPart() + "s";
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }
}
