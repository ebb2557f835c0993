package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.plan.VolumePlan;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.NetworkHandle;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.SecretHandle;
import io.sparkcluster.platform.VolumeHandle;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The parts of a cluster, each alone in somebody else's program: a name and arguments are enough. */
class PartsTest {

    private static final DockerPlatform DOCKER = DockerPlatform.local();
    private static final KubernetesPlatform KUBERNETES =
            KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .build());
    private static final ImageHandle IMAGE = ImageHandle.given("example.org/team/node:1");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void aRetainedVolumeOutlivesItsComponent() {
        Run run =
                MockedEngine.run(context -> new SharedVolume("data", SharedVolume.Args.retained(DOCKER, "team-data")));

        assertThat(only(run, "docker:index/volume:Volume").request().getRetainOnDelete())
                .isTrue();
        assertThat(only(run, "docker:index/volume:Volume").texts()).containsEntry("/name", "team-data");
    }

    @Test
    void aRemovedVolumeGoesWithItsComponent() {
        Run run = MockedEngine.run(context -> new SharedVolume("data", SharedVolume.Args.removed(DOCKER, "team-data")));

        assertThat(only(run, "docker:index/volume:Volume").request().getRetainOnDelete())
                .isFalse();
    }

    @Test
    void anExistingVolumeIsLeftAlone() {
        Run run =
                MockedEngine.run(context -> new SharedVolume("data", SharedVolume.Args.existing(DOCKER, "team-data")));
        assertThat(run.registrations())
                .noneMatch(registration -> registration.type().startsWith("docker:"));
    }

    @Test
    void aNetworkIsABridgeOfItsOwn() {
        Run run = MockedEngine.run(context -> new ClusterNetwork("net", ClusterNetwork.Args.of(DOCKER, "team-net")));

        assertThat(only(run, "docker:index/network:Network").texts())
                .containsEntry("/name", "team-net")
                .containsEntry("/driver", "bridge");
    }

    @Test
    void imagesAreBuiltOnEachOtherUnderNamesThatTheirContentDecides() {
        var plan = ClusterPlan.of(ClusterSpec.of("dev"), DOCKER.naming());
        Run run = MockedEngine.run(context -> new ImageHierarchy("images", ImageHierarchy.Args.of(DOCKER, plan)));
        var base = run.named("images-base").texts();
        assertThat(base.get("/name")).matches("sparkcluster/base:[0-9a-f]{12}");
        assertThat(run.named("images-spark-base").texts()).containsEntry("/build/buildArgs/PARENT", base.get("/name"));
        assertThat(run.named("images-jupyterlab").texts())
                .containsEntry(
                        "/build/buildArgs/PARENT",
                        run.named("images-spark-base").texts().get("/name"));
    }

    @Test
    void secretsAreMadeAndCarried() {
        Run run = MockedEngine.run(context -> new ClusterSecrets(
                "keys", ClusterSecrets.Args.of(DOCKER, "team", Set.of(SecretSpec.SPARK_AUTH), IMAGE)));

        assertThat(run.named("keys-spark-auth").parentName()).isEqualTo("keys");
        assertThat(run.named("keys-spark-auth-carrier").texts())
                .containsEntry("/name", "team-spark-auth")
                .containsEntry("/image", "example.org/team/node:1");
        standAlone(run, "keys");
    }

    @Test
    void aMasterIsANodeOfItsOwn() {
        Run run = MockedEngine.run(context -> new SparkMaster("lone", master(DOCKER)));

        assertThat(run.named("lone-node").parentName()).isEqualTo("lone");
        assertThat(run.named("lone-node").texts())
                .containsEntry("/name", "team-master")
                .containsEntry("/image", "example.org/team/node:1")
                .containsEntry("/networksAdvanced/0/name", "team-net")
                .containsValue("team-spark-auth");
        assertThat(run.outputOf("lone", "host").getStringValue()).isEqualTo("team-master");
        standAlone(run, "lone");
    }

    @Test
    void workersStartAfterWhatTheirProgramNames() {
        Run run = MockedEngine.run(context -> {
            var master = new SparkMaster("lone", master(DOCKER)).node();
            new SparkWorkers("hands", args(DOCKER, plan(DOCKER).workers(), List.of(master.ready())));
        });

        assertThat(run.named("hands-1").texts()).containsEntry("/name", "team-worker-1");
        assertThat(run.named("hands-2").texts()).containsEntry("/name", "team-worker-2");
        assertThat(run.named("hands-1").dependencyNames()).contains("lone-node");
        assertThat(run.outputOf("hands", "hosts").getListValue().getValuesList())
                .extracting(Value::getStringValue)
                .containsExactly("team-worker-1", "team-worker-2");
        standAlone(run, "lone", "hands");
    }

    @Test
    void anEdgeNodePublishesItsPage() {
        Run run = MockedEngine.run(context -> new EdgeNode("desk", edge(DOCKER)));

        assertThat(run.named("desk-node").texts())
                .containsEntry("/name", "team-edge")
                .containsEntry("/ports/0/ip", "127.0.0.1")
                .containsValue("team-data")
                .containsValue("team-jupyter-token");
        standAlone(run, "desk");
    }

    @Test
    void aHistoryServerNeedsNoMaster() {
        Run run = MockedEngine.run(context -> new SparkHistory("past", history(DOCKER)));

        assertThat(run.named("past-node").texts())
                .containsEntry("/name", "team-history")
                .containsEntry("/image", "example.org/team/node:1")
                .containsEntry("/ports/0/ip", "127.0.0.1")
                .containsValue("team-events")
                .doesNotContainValue("team-spark-auth");
        assertThat(run.outputOf("past", "host").getStringValue()).isEqualTo("team-history");
        standAlone(run, "past");
    }

    @Test
    void onKubernetesAHistoryServerNeedsNoMasterEither() {
        Run run = MockedEngine.run(context -> new SparkHistory("past", history(KUBERNETES)));

        assertThat(Manifest.of(run))
                .filteredOn(manifest -> manifest.kind().equals("StatefulSet"))
                .singleElement()
                .satisfies(set -> {
                    assertThat(set.name()).isEqualTo("team-history");
                    assertThat(set.content().toString()).contains("team-events").doesNotContain("team-spark-auth");
                });
        standAlone(run, "past");
    }

    @Test
    void onKubernetesNodesAreSetsOfTheirOwn() {
        Run run = MockedEngine.run(context -> {
            new SparkMaster("lone", master(KUBERNETES));
            new SparkWorkers("hands", args(KUBERNETES, plan(KUBERNETES).workers(), List.of()));
            new EdgeNode("desk", edge(KUBERNETES));
        });

        assertThat(Manifest.of(run))
                .filteredOn(manifest -> manifest.kind().equals("StatefulSet"))
                .extracting(Manifest::name)
                .containsExactlyInAnyOrder("team-master", "team-worker", "team-edge");
        standAlone(run, "lone", "hands", "desk");
    }

    @Test
    void aSmokeTestRunsOnAnExistingEdgeNode() {
        Run run = MockedEngine.run(context -> {
            var edge = new EdgeNode("desk", edge(DOCKER)).node();
            var test = plan(DOCKER).smokeTest().orElseThrow();
            new SmokeTest("check", SmokeTest.Args.of(DOCKER, test, edge, List.of(edge)));
        });

        assertThat(run.named("check-job").texts().get("/create")).contains("docker exec team-edge ");
        assertThat(run.named("check-job").dependencyNames()).contains("desk-node");
        assertThat(run.outputsOf("check")).containsKey("report");
        standAlone(run, "desk", "check");
    }

    /** There is no component but these, and none of them has a parent. */
    private static void standAlone(Run run, String... components) {
        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().startsWith("sparkcluster:"))
                .allSatisfy(component ->
                        assertThat(component.parentName()).isEqualTo(MockedEngine.PROJECT + "-" + MockedEngine.STACK))
                .extracting(Registration::name)
                .containsExactlyInAnyOrder(components);
    }

    private static ClusterPlan plan(Platform platform) {
        return ClusterPlan.of(ClusterSpec.of("team"), platform.naming());
    }

    private static NodeArgs master(Platform platform) {
        return args(platform, List.of(plan(platform).master().orElseThrow()), List.of());
    }

    private static NodeArgs edge(Platform platform) {
        return args(platform, List.of(plan(platform).edge()), List.of());
    }

    private static NodeArgs history(Platform platform) {
        var spec = ClusterSpec.builder("team").history(HistorySpec.on()).build();
        return args(platform, ClusterPlan.of(spec, platform.naming()).nodes(NodeKind.HISTORY), List.of());
    }

    /** Nodes in a network, with volumes and secrets that somebody else made. */
    private static NodeArgs args(Platform platform, List<NodeSpec> nodes, List<Resource> after) {
        var there = new Stash(
                "there", StashArgs.builder().input(Output.of((Object) "any")).build(), CustomResourceOptions.Empty);
        var secrets = plan(platform).secrets().stream()
                .collect(Collectors.toMap(
                        secret -> secret,
                        secret ->
                                new SecretHandle(secret, new VolumeHandle(Output.of("team-" + secret.name())), there)));
        var context = new NodeContext(
                IMAGE,
                Optional.empty(),
                new NetworkHandle(Output.of("team-net")),
                Map.of(
                        VolumePlan.WORKSPACE,
                        new VolumeHandle(Output.of("team-data")),
                        "events",
                        new VolumeHandle(Output.of("team-events"))),
                secrets,
                1,
                "127.0.0.1");
        return NodeArgs.of(platform, "team", nodes, context).withAfter(after);
    }

    private static Registration only(Run run, String type) {
        var found = run.registrations().stream()
                .filter(registration -> registration.type().equals(type))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
