package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ClusterPlans;
import io.sparkcluster.plan.Endpoint;
import io.sparkcluster.plan.ExecutorPods;
import io.sparkcluster.plan.HealthCheck;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ListenPort;
import io.sparkcluster.plan.Mount;
import io.sparkcluster.plan.NodeGroup;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.Probe;
import io.sparkcluster.plan.ResourceLimits;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.StopPolicy;
import io.sparkcluster.plan.Traits;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.NetworkHandle;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.VolumeHandle;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.Machine;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import io.sparkcluster.platform.swarm.SwarmSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of node and a secret that only this test knows run on every platform: none of them asks which there are. */
class NewNodeKindTest {

    private static final NodeKind ECHO = new NodeKind("echo", "echo", ImageRole.SPARK_WORKER);
    private static final SecretSpec KEY = SecretSpec.given("echo-key");
    private static final String VALUE = "known-to-nobody-else";
    private static final String FILE = "/run/spark-cluster/echo-key/secret";
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";

    @TempDir
    private static Path folder;

    /** The component of the new kind, as long as those of the others. */
    private static final class Echo extends NodeGroupComponent {
        Echo(String name, NodeArgs args, ComponentResourceOptions options) {
            super(name, args, options, Echo.class);
            registerOutputs(Map.of());
        }
    }

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void onDockerItIsAContainer() {
        var container = run(DockerPlatform.local()).named("echo-node");

        assertThat(container.texts())
                .containsEntry("/name", "lab-echo")
                .containsEntry("/ports/0/ip", "127.0.0.1")
                .containsEntry("/volumes/0/volumeName", "lab-workspace")
                .containsEntry("/healthcheck/tests/0", "CMD")
                .containsEntry("/healthcheck/tests/1", "bash")
                .containsEntry("/healthcheck/tests/5", "9000");
        assertThat(container.input("labels").toString()).contains("io.sparkcluster.role", "echo");
    }

    @Test
    void onDockerItsSecretIsAFileOfAVolume() {
        Run run = run(DockerPlatform.local());

        assertThat(run.named("secrets-echo-key-carrier").texts()).containsEntry("/uploads/0/file", FILE);
        assertThat(run.named("secrets-echo-key-carrier").secretPaths()).containsExactly("/uploads/0/content");
        assertThat(run.named("echo-node").texts())
                .containsEntry("/volumes/1/volumeName", "lab-echo-key")
                .containsEntry("/volumes/1/containerPath", "/run/spark-cluster/echo-key");
        assertThat(run.named("echo-node").dependencyNames()).contains("secrets-echo-key-carrier");
        isNowhereInClear(run);
    }

    @Test
    void onPodmanItsSecretIsCopiedToTheSamePlace() {
        Run run = run(DockerPlatform.at(Engine.podman(), Output.of("unix:///x")));

        assertThat(run.named("secrets-echo-key-delivered").texts().get("/create"))
                .endsWith("/echo-key/secret /run/spark-cluster/echo-key");
        assertThat(run.named("echo-node").texts()).containsEntry("/volumes/1/volumeName", "lab-echo-key");
        isNowhereInClear(run);
    }

    @Test
    void onPodmanItsReadinessIsAwaitedByACommand() {
        var ready =
                run(DockerPlatform.at(Engine.podman(), Output.of("unix:///x"))).named("echo-node-ready");

        assertThat(ready.texts().get("/create")).contains("lab-echo", "'exec 3<>\"/dev/tcp/$HOSTNAME/$1\"' probe 9000");
    }

    @Test
    void onKubernetesItIsASetWithProbesAndAPortOfTheNodes() {
        Run run = run(KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                .delivery(ImageDelivery.present())
                .exposure(Exposure.NODE_PORT)
                .build()));
        var manifests = Manifest.of(run);

        assertThat(manifests)
                .extracting(manifest -> manifest.kind() + " " + manifest.name())
                .contains(
                        "StatefulSet lab-echo",
                        "Service lab-echo",
                        "Service lab-echo-access",
                        "NetworkPolicy lab-echo-access",
                        "ConfigMap lab-echo-config");
        var containers = Manifest.list(
                Manifest.map(
                        manifests.stream()
                                .filter(manifest -> manifest.kind().equals("StatefulSet"))
                                .findFirst()
                                .orElseThrow()
                                .content(),
                        "spec",
                        "template",
                        "spec"),
                "containers");
        assertThat(Manifest.at(containers.get(0), "readinessProbe", "tcpSocket", "port"))
                .isEqualTo(9000L);
        assertThat(Manifest.at(containers.get(0), "livenessProbe", "httpGet", "path"))
                .isEqualTo("/alive");
    }

    @Test
    void onKubernetesItsSecretIsASecret() {
        Run run = run(KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube"))));
        var pod = Manifest.map(
                Manifest.of(run).stream()
                        .filter(manifest -> manifest.kind().equals("StatefulSet"))
                        .findFirst()
                        .orElseThrow()
                        .content(),
                "spec",
                "template",
                "spec");

        assertThat(run.named("secrets-echo-key-file").texts()).containsEntry("/metadata/name", "lab-echo-key");
        assertThat(run.named("secrets-echo-key-file").secretPaths()).containsExactly("/stringData");
        assertThat(Manifest.list(pod, "volumes"))
                .filteredOn(volume -> Manifest.at(volume, "name").equals("echo-key"))
                .singleElement()
                .satisfies(volume ->
                        assertThat(Manifest.at(volume, "secret", "secretName")).isEqualTo("lab-echo-key"));
        assertThat(Manifest.list(Manifest.list(pod, "containers").get(0), "volumeMounts"))
                .filteredOn(mount -> Manifest.at(mount, "name").equals("echo-key"))
                .singleElement()
                .satisfies(mount -> assertThat(mount)
                        .containsEntry("mountPath", "/run/spark-cluster/echo-key")
                        .containsEntry("readOnly", true));
        isNowhereInClear(run);
    }

    /** Spark's executors may need it too. */
    @Test
    void onKubernetesPodsOfAnApplicationMountIt() {
        var platform = KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")));
        Run run = MockedEngine.run(context -> new EdgeNode(
                "edge", NodeArgs.of(platform, "lab", List.of(asking(platform)), context(platform, VALUE))));
        var templates = run.named("edge-node-pods").texts();

        for (String role : List.of("executor", "driver")) {
            assertThat(templates.get("/data/" + role + ".json"))
                    .contains("\"secretName\": \"lab-echo-key\"")
                    .contains("\"mountPath\": \"/run/spark-cluster/echo-key\"");
        }
        isNowhereInClear(run);
    }

    @Test
    void onKubernetesItsPortIsCheckedByItsKey() {
        var platform = KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                .exposure(Exposure.NODE_PORT)
                .build());

        assertThat(platform.validate(plan(platform))).extracting(Problem::field).contains("echo.port");
    }

    @Test
    void aClusterHasTheSecretsThatItsNodesMount() {
        assertThat(plan(DockerPlatform.local()).secrets())
                .containsExactly(SecretSpec.SPARK_AUTH, SecretSpec.JUPYTER_TOKEN, KEY);
    }

    /** A node that was started with another value is replaced, and what says so does not tell the value. */
    @Test
    void anotherValueIsAnotherVersionOfTheNode() {
        var versions = Stream.of("one", "two", "one")
                .map(value -> run(DockerPlatform.local(), value).named("echo-node").texts().entrySet().stream()
                        .filter(text -> text.getValue().startsWith("1-"))
                        .map(Map.Entry::getValue)
                        .toList())
                .toList();

        assertThat(versions)
                .allSatisfy(version ->
                        assertThat(version).singleElement().asString().matches("1-[0-9a-f]{12}"));
        assertThat(versions.get(0)).isEqualTo(versions.get(2)).isNotEqualTo(versions.get(1));
    }

    @Test
    void onASwarmItIsAServiceWhosePageThePublishingMachineHandsOn() throws Exception {
        Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----");
        var login = SshLogin.of("admin", "192.0.2.11")
                .withHostKey(HOST_KEY)
                .withKeyFile(folder.resolve("key").toString());
        var settings = SwarmSettings.of("lab", List.of(Machine.of("alpha", login)));
        var tunnels = new ArrayList<String>();
        Run run = MockedEngine.run(context -> {
            var unprepared = SwarmPlatform.of(settings);
            var platform = unprepared
                    .prepare("lab", plan(unprepared), Ownership.current(), Optional.empty())
                    .platform();
            start(platform, VALUE);
            platform.tunnel(plan(platform)).orElseThrow().applyValue(tunnels::add);
        });

        assertThat(run.named("echo-node").texts())
                .containsEntry("/name", "lab-echo")
                .containsEntry("/taskSpec/placement/constraints/0", "node.labels.io.sparkcluster.echo==yes")
                .containsEntry("/taskSpec/containerSpec/healthcheck/tests/1", "bash");
        assertThat(run.named("echo-node-gate").texts()).containsEntry("/name", "lab-echo-gate");
        assertThat(run.named("secrets-echo-key-file").secretPaths()).containsExactly("/data");
        assertThat(run.named("echo-node").texts())
                .containsEntry("/taskSpec/containerSpec/secrets/0/fileName", FILE)
                .containsEntry("/taskSpec/containerSpec/secrets/0/fileUid", "185");
        isNowhereInClear(run);
        assertThat(tunnels).singleElement().asString().contains("-L 127.0.0.1:9001:127.0.0.1:9001");
    }

    private static void isNowhereInClear(Run run) {
        String encoded = Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));
        assertThat(run.registrations())
                .allSatisfy(registration -> assertThat(registration.texts().values())
                        .noneMatch(text -> text.contains(VALUE) || text.contains(encoded)));
    }

    private static Run run(Platform platform) {
        return run(platform, VALUE);
    }

    private static Run run(Platform platform, String value) {
        return MockedEngine.run(context -> start(platform, value));
    }

    private static void start(Platform platform, String value) {
        new Echo(
                "echo",
                NodeArgs.of(platform, "lab", List.of(echo(platform)), context(platform, value)),
                ComponentResourceOptions.Empty);
    }

    private static NodeContext context(Platform platform, String value) {
        var image = ImageHandle.given("example.org/echo:1");
        var secrets = new ClusterSecrets(
                "secrets",
                ClusterSecrets.Args.builder(platform, "lab", Set.of(KEY), image)
                        .given(Map.of(KEY, Output.of(value)))
                        .build());
        return new NodeContext(
                image,
                Optional.of(image),
                new NetworkHandle(Output.of("lab")),
                Map.of(VolumePlan.WORKSPACE, new VolumeHandle(Output.of("lab-workspace"))),
                secrets.handles(),
                1,
                "127.0.0.1");
    }

    /** A cluster that has such a node too. */
    private static ClusterPlan plan(Platform platform) {
        return ClusterPlans.with(ClusterPlan.of(ClusterSpec.of("lab"), platform.naming()), echo(platform));
    }

    private static ExecutorPods.Template template(NodeKind kind, boolean launches) {
        return new ExecutorPods.Template(
                kind,
                List.of(),
                new TreeMap<>(),
                List.of(new Mount.Secret(KEY)),
                1,
                launches,
                new StopPolicy(Duration.ofSeconds(5), List.of()));
    }

    /** A node that asks for pods with the secret, and does not mount it itself. */
    private static NodeSpec asking(Platform platform) {
        var echo = echo(platform);
        return new NodeSpec(
                echo.group(),
                echo.name(),
                echo.command(),
                echo.environment(),
                echo.nameVariables(),
                echo.sparkConf(),
                echo.ports(),
                List.of(new Mount.Shared(VolumePlan.WORKSPACE, "/workspace")),
                echo.health(),
                echo.resources(),
                echo.stop(),
                Optional.of(new ExecutorPods(
                        "/run/spark-cluster/pods",
                        template(NodeKind.EXECUTOR, false),
                        template(NodeKind.DRIVER, true),
                        echo.resources(),
                        1)));
    }

    private static NodeSpec echo(Platform platform) {
        var group = new NodeGroup(
                "echo",
                ECHO,
                Optional.empty(),
                "lab-echo",
                "echo",
                new Traits(false, false, false),
                new TreeMap<>(),
                Set.of(),
                Optional.empty());
        return new NodeSpec(
                group,
                platform.naming().name(group, 1),
                List.of("echo"),
                new TreeMap<>(Map.of("ECHO", "on")),
                Set.of(),
                new TreeMap<>(),
                List.of(new ListenPort(
                        "page",
                        Port.of(9000),
                        Optional.of(new Endpoint("echoUrl", Port.of(9001), "echo.port", "echo", "nothing", true)))),
                List.of(new Mount.Shared(VolumePlan.WORKSPACE, "/workspace"), new Mount.Secret(KEY)),
                new HealthCheck(
                        new Probe.Tcp(Port.of(9000)),
                        new Probe.Http(Port.of(9000), "/alive"),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        3,
                        Duration.ofMinutes(1)),
                new ResourceLimits(0.5, MemorySize.mebibytes(256), "echo.cpus", "echo.memory"),
                new StopPolicy(Duration.ofSeconds(5), List.of()),
                Optional.empty());
    }
}
