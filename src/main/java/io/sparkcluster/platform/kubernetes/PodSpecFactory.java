package io.sparkcluster.platform.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ConfigMapKeySelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.LifecycleArgs;
import com.pulumi.kubernetes.core.v1.inputs.LifecycleHandlerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ObjectFieldSelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.TCPSocketActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySpreadConstraintArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.plan.ExecutorPods;
import io.sparkcluster.plan.HealthCheck;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Probe;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Describes a node as a pod that the strictest profile, {@code restricted}, admits. See <a
 * href="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted">Pod Security Standards</a>.
 */
final class PodSpecFactory {

    /** The container's name, which {@code kubectl exec} and {@code logs} show. */
    static final String CONTAINER = "node";

    private static final String CHECKSUM = "io.sparkcluster.config-checksum";
    /** Readable by root and by the group of the cluster's user. */
    static final int SECRET_MODE = 0440;

    private static final String TEMPLATES_VOLUME = "pods";

    /** A startup probe ends with its first success, so it may ask often. */
    private static final int STARTUP_SECONDS = 2;

    /** Until a node has been ready, its health command waits itself, for up to seven seconds. */
    private static final int STARTUP_COMMAND_SECONDS = 8;

    private static final int READY_SECONDS = 10;
    private static final int ALIVE_SECONDS = 20;

    private final ObjectMetadata objects;
    private final KubernetesSettings settings;

    PodSpecFactory(ObjectMetadata objects, KubernetesSettings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** The name of the config map with the node's configuration. Each of its keys becomes an environment variable. */
    static String configurationName(NodeSpec node) {
        return node.group().name() + "-config";
    }

    PodTemplateSpecArgs template(ResourceScope scope, NodeSpec node, NodeContext context) {
        // Without the checksum, a change of the config map would not restart the pods.
        String checksum = Sha256.first(16, String.join("", node.configuration().values()));
        Output<Map<String, String>> annotations = context.secretsVersion(node)
                .applyValue(version -> new TreeMap<>(Map.of(CHECKSUM, checksum, Labels.SECRETS_GENERATION, version)));
        var pod = PodSpecArgs.builder()
                .enableServiceLinks(false)
                .automountServiceAccountToken(node.executorPods().isPresent())
                .terminationGracePeriodSeconds(seconds(node.stop().grace()))
                .securityContext(PodSecurityContextArgs.builder()
                        .runAsNonRoot(true)
                        .runAsUser(ClusterUser.ID)
                        .runAsGroup(ClusterUser.ID)
                        .fsGroup(ClusterUser.ID)
                        .fsGroupChangePolicy("OnRootMismatch")
                        .seccompProfile(SeccompProfileArgs.builder()
                                .type("RuntimeDefault")
                                .build())
                        .build())
                .containers(container(node, context))
                .volumes(volumes(node, context));
        if (node.executorPods().isPresent()) {
            pod.serviceAccountName(node.group().name());
        }
        if (node.traits().replicated()) {
            pod.topologySpreadConstraints(TopologySpreadConstraintArgs.builder()
                    .maxSkew(1)
                    .topologyKey("kubernetes.io/hostname")
                    .whenUnsatisfiable("ScheduleAnyway")
                    .labelSelector(ObjectMetadata.select(ObjectMetadata.selector(scope, node)))
                    .build());
        }
        return PodTemplateSpecArgs.builder()
                .metadata(ObjectMetaArgs.builder()
                        .labels(objects.labels(scope))
                        .annotations(annotations)
                        .build())
                .spec(pod.build())
                .build();
    }

    private ContainerArgs container(NodeSpec node, NodeContext context) {
        double cpus = node.resources().cpus();
        String memory = ObjectMetadata.quantity(node.resources().memory());
        var container = ContainerArgs.builder();
        if (!node.stop().before().isEmpty()) {
            container.lifecycle(LifecycleArgs.builder()
                    .preStop(LifecycleHandlerArgs.builder()
                            .exec(ExecActionArgs.builder()
                                    .command(node.stop().before())
                                    .build())
                            .build())
                    .build());
        }
        return container
                .name(CONTAINER)
                .image(context.image().content())
                .imagePullPolicy(settings.pullPolicy(context.image()))
                .args(node.command())
                .env(environment(node, context))
                .ports(node.ports().stream()
                        .map(port -> ContainerPortArgs.builder()
                                .name(port.name())
                                .containerPort(port.port().number())
                                .build())
                        .toList())
                // Spark knows only the limits. Memory is requested in full, since a node that runs out of it kills
                // processes; a busy CPU only makes them wait.
                .resources(ResourceRequirementsArgs.builder()
                        .requests(
                                Map.of("cpu", millicores(cpus * settings.cpuRequestPercent() / 100), "memory", memory))
                        .limits(Map.of("cpu", millicores(cpus), "memory", memory))
                        .build())
                .securityContext(SecurityContextArgs.builder()
                        .allowPrivilegeEscalation(false)
                        .readOnlyRootFilesystem(true)
                        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                        .build())
                .startupProbe(startup(node.health()))
                .readinessProbe(ready(node.health()))
                .livenessProbe(alive(node.health()))
                .volumeMounts(mounts(node))
                .build();
    }

    /** All pods of a set share one template. Variables with a node's name therefore refer to the name of the pod. */
    private List<EnvVarArgs> environment(NodeSpec node, NodeContext context) {
        var variables = new ArrayList<EnvVarArgs>();
        variables.add(EnvVarArgs.builder()
                .name(ExecutorPods.POD_NAME)
                .valueFrom(EnvVarSourceArgs.builder()
                        .fieldRef(ObjectFieldSelectorArgs.builder()
                                .fieldPath("metadata.name")
                                .build())
                        .build())
                .build());
        String own = node.name().withLocal("$(" + ExecutorPods.POD_NAME + ")");
        node.environment()
                .forEach((name, value) -> variables.add(EnvVarArgs.builder()
                        .name(name)
                        .value(node.nameVariables().contains(name) ? own : value)
                        .build()));
        node.executorPods().ifPresent(pods -> {
            var image = ExecutorPodResources.image(node, context);
            var launching = new ExecutorPodResources(objects, settings);
            launching
                    .variables(pods, image, "")
                    .forEach((name, value) -> variables.add(EnvVarArgs.builder()
                            .name(name)
                            .value(name.equals(ExecutorPods.IMAGE) ? image.content() : Output.of(value))
                            .build()));
        });
        for (String name : node.configuration().keySet()) {
            variables.add(EnvVarArgs.builder()
                    .name(name)
                    .valueFrom(EnvVarSourceArgs.builder()
                            .configMapKeyRef(ConfigMapKeySelectorArgs.builder()
                                    .name(configurationName(node))
                                    .key(name)
                                    .build())
                            .build())
                    .build());
        }
        return variables;
    }

    private static ProbeArgs startup(HealthCheck check) {
        int period =
                check.ready().fold(http -> STARTUP_SECONDS, tcp -> STARTUP_SECONDS, command -> STARTUP_COMMAND_SECONDS);
        return probe(check.ready(), check)
                .periodSeconds(period)
                .failureThreshold(Math.max(1, seconds(check.startTimeout()) / period))
                .build();
    }

    private static ProbeArgs ready(HealthCheck check) {
        return probe(check.ready(), check)
                .periodSeconds(READY_SECONDS)
                .failureThreshold(3)
                .build();
    }

    /** Restarts only a process that answers nothing. A worker that lost its master still answers, and reconnects by itself. */
    private static ProbeArgs alive(HealthCheck check) {
        return probe(check.alive(), check)
                .periodSeconds(ALIVE_SECONDS)
                .failureThreshold(6)
                .build();
    }

    private static ProbeArgs.Builder probe(Probe probe, HealthCheck check) {
        var args = ProbeArgs.builder().timeoutSeconds(seconds(check.timeout()));
        return probe.fold(
                http -> args.httpGet(HTTPGetActionArgs.builder()
                        .path(http.path())
                        .port(http.port().number())
                        .build()),
                tcp -> args.tcpSocket(
                        TCPSocketActionArgs.builder().port(tcp.port().number()).build()),
                command -> args.exec(
                        ExecActionArgs.builder().command(command.words()).build()));
    }

    private static List<VolumeMountArgs> mounts(NodeSpec node) {
        var mounts = new ArrayList<VolumeMountArgs>();
        node.mounts().forEach(mount -> mounts.add(mount(volumeName(mount), mount.path(), mount.readOnly())));
        node.executorPods().ifPresent(pods -> mounts.add(mount(TEMPLATES_VOLUME, pods.folder(), true)));
        return mounts;
    }

    private static VolumeMountArgs mount(String volume, String path, boolean readOnly) {
        return VolumeMountArgs.builder()
                .name(volume)
                .mountPath(path)
                .readOnly(readOnly)
                .build();
    }

    static String volumeName(Mount mount) {
        return mount.fold(
                shared -> volumeName(shared.path()),
                Mount.Own::purpose,
                memory -> volumeName(memory.path()),
                secret -> secret.secret().name());
    }

    private static String volumeName(String path) {
        return path.substring(1).replace('/', '-');
    }

    /** All volumes except those for which the stateful set makes claims. */
    private List<VolumeArgs> volumes(NodeSpec node, NodeContext context) {
        var volumes = new ArrayList<VolumeArgs>();
        for (Mount mount : node.mounts()) {
            volume(mount, node, context).ifPresent(volume -> volumes.add(volume.build()));
        }
        if (node.executorPods().isPresent()) {
            volumes.add(VolumeArgs.builder()
                    .name(TEMPLATES_VOLUME)
                    .configMap(ConfigMapVolumeSourceArgs.builder()
                            .name(ExecutorPodResources.templatesName(node))
                            .build())
                    .build());
        }
        return volumes;
    }

    private Optional<VolumeArgs.Builder> volume(Mount mount, NodeSpec node, NodeContext context) {
        var volume = VolumeArgs.builder().name(volumeName(mount));
        return mount.fold(
                shared -> Optional.of(volume.persistentVolumeClaim(PersistentVolumeClaimVolumeSourceArgs.builder()
                        .claimName(context.volumeOf(node, shared).name())
                        .build())),
                own -> own.durable() ? Optional.empty() : Optional.of(volume.emptyDir(scratch())),
                memory -> Optional.of(volume.emptyDir(EmptyDirVolumeSourceArgs.builder()
                        .medium("Memory")
                        .sizeLimit(memory.mebibytes() + "Mi")
                        .build())),
                secret -> Optional.of(volume.secret(SecretVolumeSourceArgs.builder()
                        .secretName(
                                context.secretOf(node, secret.secret()).volume().name())
                        .defaultMode(SECRET_MODE)
                        .build())));
    }

    private EmptyDirVolumeSourceArgs scratch() {
        var folder = EmptyDirVolumeSourceArgs.builder();
        settings.scratchSize().ifPresent(size -> folder.sizeLimit(ObjectMetadata.quantity(size)));
        return folder.build();
    }

    static String millicores(double cpus) {
        long thousandths = Math.round(cpus * 1000);
        return thousandths % 1000 == 0 ? Long.toString(thousandths / 1000) : thousandths + "m";
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }
}
