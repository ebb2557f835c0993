package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.WorkerGroup;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.Machine;
import io.sparkcluster.platform.swarm.Placement;
import io.sparkcluster.platform.swarm.SwarmDelivery;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import io.sparkcluster.platform.swarm.SwarmSettings;
import io.sparkcluster.platform.swarm.SwarmWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster registers for a Swarm, as the engine sees it. */
class SwarmClusterTest {

    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";
    private static final String PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String SERVICE = "docker:index/service:Service";
    private static final ClusterSpec SPEC = ClusterSpec.of("spark-dev");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeKey() {
        try {
            Files.writeString(folder.resolve("key"), PRIVATE_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void theManagerComesFirstTheOthersJoinItAndServicesComeLast() {
        Run run = run(settings(), SPEC);

        assertThat(run.named("spark-machines-beta-swarm").dependencyNames())
                .contains("spark-machines-beta-docker", "spark-machines-alpha-swarm")
                .doesNotContain("spark-machines-gamma-docker", "spark-machines-gamma-swarm");
        assertThat(run.named("spark-machines-manager").dependencyNames())
                .contains("spark-machines-alpha-node", "spark-machines-beta-node", "spark-machines-gamma-node");
        assertThat(run.named("spark-master-node").request().getProvider()).contains("spark-machines-manager");
        assertThat(run.named("spark-images-jupyterlab").request().getProvider())
                .doesNotContain("spark-machines-manager");
        assertThat(run.named("spark-master-node").dependencyNames())
                .as("the network is taken away after the last task")
                .contains("spark-network-vacated");
    }

    @Test
    void machinesBelongToTheComponentThatPreparesThem() {
        Run run = MockedEngine.run(context -> {
            var owner = new ComponentResource("test:index:Owner", "owner");
            var plan = ClusterPlan.of(SPEC, Naming.services());
            SwarmPlatform.of(settings()).prepare("lab", plan, Ownership.current(), Optional.of(owner));
        });

        assertThat(run.registrations())
                .filteredOn(registration -> registration.name().startsWith("lab-machines-"))
                .extracting(Registration::name)
                .contains(
                        "lab-machines-alpha-docker",
                        "lab-machines-beta-swarm",
                        "lab-machines-gamma-node",
                        "lab-machines-manager");
        assertThat(run.registrations())
                .filteredOn(registration -> registration.name().startsWith("lab-machines-"))
                .extracting(Registration::parentName)
                .containsOnly("owner");
    }

    @Test
    void aServiceHasNoVirtualAddressAndPublishesNothing() {
        Run run = run(settings(), SPEC);

        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().equals(SERVICE))
                .hasSize(3)
                .allSatisfy(service -> {
                    assertThat(service.texts()).containsEntry("/endpointSpec/mode", "dnsrr");
                    assertThat(service.texts()).containsEntry("/taskSpec/containerSpec/capDrops/0", "ALL");
                    assertThat(service.texts().get("/taskSpec/containerSpec/image"))
                            .startsWith("sha256:");
                    assertThat(struct(service, "endpointSpec").getFieldsMap()).doesNotContainKey("ports");
                    assertThat(container(service).getFieldsOrThrow("readOnly").getBoolValue())
                            .isTrue();
                });
    }

    @Test
    void aTaskKnowsItselfByItsHostNameAndWorkersAreKnownByAddress() {
        Run run = run(settings(), SPEC);

        assertThat(run.named("spark-master-node").texts())
                .containsEntry("/name", "spark-dev-master")
                .containsEntry("/taskSpec/containerSpec/hostname", "spark-dev-master")
                .containsEntry("/taskSpec/containerSpec/env/SPARK_MASTER_HOST", "spark-dev-master");
        assertThat(run.named("spark-workers-service").texts())
                .containsEntry("/name", "spark-dev-worker")
                .containsEntry("/taskSpec/containerSpec/hostname", "{{.Service.Name}}-{{.Task.Slot}}")
                .containsEntry("/taskSpec/containerSpec/args/0", "env")
                .containsValue("SPARK_MASTER_URL=spark://spark-dev-master:7077")
                .allSatisfy((path, value) -> assertThat(value).doesNotStartWith("SPARK_LOCAL_HOSTNAME="));
    }

    @Test
    void memoryLargerThanAnIntegerGoesThrough() {
        var edge = struct(run(settings(), SPEC).named("spark-edge-node"), "taskSpec");

        var limits = edge.getFieldsOrThrow("resources").getStructValue().getFieldsOrThrow("limits");
        assertThat(limits.getStructValue().getFieldsOrThrow("memoryBytes").getNumberValue())
                .isEqualTo(3.0 * 1024 * 1024 * 1024);
    }

    @Test
    void noSecretIsInClearAnywhere() {
        Run run = run(settings(), SPEC);

        assertThat(run.registrations())
                .allSatisfy(registration -> assertThat(registration.texts().values())
                        .noneMatch(text -> text.contains(MockedEngine.STASHED)
                                || text.contains(MockedEngine.JOIN_TOKEN)
                                || text.contains(PRIVATE_KEY)));
        assertThat(run.named("spark-machines-beta-swarm").secretPaths()).contains("/stdin");
        assertThat(run.named("spark-machines-alpha-swarm").request().getAdditionalSecretOutputsList())
                .contains("stdout");
        assertThat(run.named("spark-secrets-spark-auth-file").secretPaths()).containsExactly("/data");
        assertThat(run.named("spark-edge-node").secretPaths()).isEmpty();
    }

    @Test
    void secretsAreFilesOfTheClustersUserOnly() {
        assertThat(run(settings(), SPEC).named("spark-master-node").texts())
                .containsEntry("/taskSpec/containerSpec/secrets/0/fileName", "/run/spark-cluster/spark-auth/secret")
                .containsEntry("/taskSpec/containerSpec/secrets/0/fileUid", "185");
    }

    @Test
    void oneMoreMachineTouchesNoOther() {
        var two = settings("alpha", "beta");
        var three = settings("alpha", "beta", "gamma");

        var before = run(two, SPEC);
        var after = run(three, SPEC);

        var kept = inputs(after);
        assertThat(inputs(before)).isNotEmpty().allSatisfy((resource, inputs) -> assertThat(kept)
                .containsEntry(resource, inputs));
    }

    /** By type and name; without new secrets, and the one command that knows all machines. */
    private static Map<String, Struct> inputs(Run run) {
        var inputs = new TreeMap<String, Struct>();
        run.registrations().stream()
                .filter(registration -> !registration.request().getType().equals("pulumi:index:Stash")
                        && !registration.name().equals("spark-images-delivery"))
                .forEach(registration -> inputs.put(
                        registration.request().getType() + " " + registration.name(),
                        registration.request().getObject()));
        return inputs;
    }

    @Test
    void oneMoreWorkerIsOneNumber() {
        var before = run(settings(), SPEC).named("spark-workers-service");
        var after = run(
                        settings(),
                        SPEC.toBuilder().workers(SPEC.workers().withCount(3)).build(),
                        3)
                .named("spark-workers-service");

        assertThat(replicas(before)).isEqualTo(2);
        assertThat(replicas(after)).isEqualTo(3);
        assertThat(after.input("taskSpec")).isEqualTo(before.input("taskSpec"));
        // The order of variables is another one with every update, for which the engine would replace all workers.
        assertThat(after.texts().keySet()).noneMatch(path -> path.startsWith("/taskSpec/containerSpec/env/"));
    }

    @Test
    void rolesRunWhereThePlacementSays() {
        var placed = settings()
                .withPlacement(Placement.anywhere()
                        .with(NodeKind.WORKER, Map.of("disk", "ssd"))
                        .with(NodeKind.EDGE, Map.of(Machine.NAME_LABEL, "gamma")));

        Run run = run(placed, SPEC);

        assertThat(run.named("spark-workers-service").texts())
                .containsEntry("/taskSpec/placement/constraints/0", "node.labels.io.sparkcluster.worker==yes");
        assertThat(script(run, "spark-machines-beta-node")).contains("'io.sparkcluster.worker=yes'", "'disk=ssd'");
        assertThat(script(run, "spark-machines-alpha-node"))
                .contains("'io.sparkcluster.master=yes'")
                .doesNotContain("io.sparkcluster.worker=yes", "io.sparkcluster.edge=yes");
        assertThat(script(run, "spark-machines-gamma-node")).contains("'io.sparkcluster.edge=yes'");
    }

    @Test
    void aWorkspaceThatIsNotSharedIsTheEdgeNodesAlone() {
        Run run = run(settings(), SPEC);

        assertThat(mounted(run, "spark-edge-node")).containsEntry("/workspace", "volume spark-dev-workspace");
        assertThat(mounted(run, "spark-workers-service")).doesNotContainKey("/workspace");
        assertThat(script(run, "spark-smoke-test-job")).contains("'--unshared'");
        // The edge node refuses to install packages there.
        assertThat(run.named("spark-edge-node").texts())
                .containsEntry("/taskSpec/containerSpec/env/SPARKCLUSTER_WORKSPACE_SHARED", "false");
    }

    @Test
    void aSharedFolderIsMountedEverywhere() {
        Run run = run(settings().withWorkspace(SwarmWorkspace.hostPath("/srv/share")), SPEC);

        assertThat(mounted(run, "spark-edge-node")).containsEntry("/workspace", "bind /srv/share");
        assertThat(mounted(run, "spark-workers-service")).containsEntry("/workspace", "bind /srv/share");
        assertThat(script(run, "spark-smoke-test-job")).doesNotContain("--unshared");
        assertThat(run.named("spark-edge-node").texts())
                .doesNotContainKey("/taskSpec/containerSpec/env/SPARKCLUSTER_WORKSPACE_SHARED");
    }

    @Test
    void anNfsShareIsAVolumeOnEveryMachineThatMountsIt() {
        Run run = run(settings().withWorkspace(SwarmWorkspace.nfs("files.example.org", "/exports/spark")), SPEC);

        for (String machine : List.of("alpha", "beta", "gamma")) {
            assertThat(script(run, "spark-workspace-" + machine))
                    .contains(
                            "'type=nfs'",
                            "'o=addr=files.example.org,nfsvers=4,rw,soft,timeo=100'",
                            "'device=:/exports/spark'");
        }
        assertThat(mounted(run, "spark-workers-service")).containsEntry("/workspace", "volume spark-dev-workspace");
    }

    @Test
    void theTasksThatRunSayWhereWorkersAre() {
        var workers = new ArrayList<Map<String, Object>>();
        MockedEngine.run(context -> Output.all(cluster(settings(), SPEC).workers().stream()
                        .map(WorkerInfo::toOutput)
                        .toList())
                .applyValue(workers::addAll));

        assertThat(workers).hasSize(2);
        assertThat(workers.get(0)).containsEntry("name", "spark-dev-worker-1").containsEntry("host", "beta");
        assertThat(workers.get(1)).containsEntry("name", "spark-dev-worker-3").containsEntry("host", "gamma");
    }

    @Test
    void everyGroupOfWorkersIsAServiceOnTheMachinesThatHaveItsLabels() {
        var spec = SPEC.toBuilder()
                .workers(WorkerPool.DEFAULT
                        .withGroup(WorkerGroup.of("small", 2, 1, MemorySize.gibibytes(2)))
                        .withGroup(WorkerGroup.of("fast", 1, 2, MemorySize.gibibytes(4))
                                .placedOn("disk", "ssd")))
                .build();

        Run run = run(settings(), spec);

        assertThat(run.named("spark-workers-fast-service").texts())
                .containsEntry("/name", "spark-dev-worker-fast")
                .containsEntry("/taskSpec/placement/constraints/0", "node.labels.io.sparkcluster.worker.fast==yes");
        assertThat(script(run, "spark-machines-beta-node"))
                .contains("'io.sparkcluster.worker.fast=yes'", "'io.sparkcluster.worker.small=yes'");
        assertThat(script(run, "spark-machines-gamma-node"))
                .contains("'io.sparkcluster.worker.small=yes'")
                .doesNotContain("worker.fast");
    }

    @Test
    void onePortOfTheManagerIsPublishedForEachPageAndTheTunnelLeadsThere() {
        Run run = run(settings(), SPEC);

        assertThat(run.named("spark-edge-node-gate").texts()).containsEntry("/ports/0/ip", "127.0.0.1");
        assertThat(cluster(run))
                .containsEntry(
                        "tunnel",
                        "ssh -F .sparkcluster/ssh/spark-dev/config -N -o ExitOnForwardFailure=yes -L 127.0.0.1:8080:127.0.0.1:8080"
                                + " -L 127.0.0.1:8888:127.0.0.1:8888 alpha");
    }

    @Test
    void aServiceRunsAnImageByItsDigestInTheRegistryItWasPushedTo() {
        Run run = run(
                settings().toBuilder()
                        .delivery(SwarmDelivery.registry("registry.example.org/team"))
                        .build(),
                SPEC);

        assertThat(run.registrations())
                .filteredOn(registration -> registration.name().startsWith("spark-images-delivery"))
                .extracting(Registration::name)
                .containsExactlyInAnyOrder(
                        "spark-images-delivery-spark-master",
                        "spark-images-delivery-spark-worker",
                        "spark-images-delivery-jupyterlab");
        var push = run.named("spark-images-delivery-spark-master").texts();
        assertThat(push.get("/environment/WANTED")).matches("registry\\.example\\.org/team/spark-master:[0-9a-f]{12}");
        assertThat(push).containsEntry("/environment/BUILT", "sha256:spark-images-spark-master");
        assertThat(run.named("spark-master-node").dependencyNames()).contains("spark-images-delivery-spark-master");
    }

    private static Map<String, String> cluster(Run run) {
        var outputs = new TreeMap<String, String>();
        run.result().outputs().forEach((name, value) -> PulumiTest.extractValueAsync(value)
                .thenAccept(text -> outputs.put(name, String.valueOf(text)))
                .join());
        return outputs;
    }

    private static SwarmSettings settings() {
        return settings("alpha", "beta", "gamma");
    }

    private static SwarmSettings settings(String... names) {
        var machines = new ArrayList<Machine>();
        for (String name : names) {
            var login = SshLogin.of("admin", "192.0.2." + (machines.size() + 11))
                    .withHostKey(HOST_KEY)
                    .withKeyFile(folder.resolve("key").toString());
            var machine = Machine.of(name, login);
            machines.add(name.equals("beta") ? machine.withLabel("disk", "ssd") : machine);
        }
        return SwarmSettings.of("spark-dev", machines);
    }

    private static SparkCluster cluster(SwarmSettings settings, ClusterSpec spec) {
        return new SparkCluster("spark", new SparkClusterArgs(SwarmPlatform.of(settings), spec));
    }

    private static Run run(SwarmSettings settings, ClusterSpec spec) {
        return run(settings, spec, spec.workers().total());
    }

    private static Run run(SwarmSettings settings, ClusterSpec spec, int workers) {
        return MockedEngine.run(context -> {
            assertThat(spec.workers().total()).isEqualTo(workers);
            var cluster = cluster(settings, spec);
            cluster.tunnel().ifPresent(tunnel -> context.export("tunnel", tunnel));
        });
    }

    private static String script(Run run, String name) {
        var stdin = run.named(name).input("stdin").orElseThrow();
        // A script that was given a secret is secret as a whole; its text lies one level below the mark.
        return stdin.hasStringValue()
                ? stdin.getStringValue()
                : stdin.getStructValue().getFieldsOrThrow("value").getStringValue();
    }

    private static Struct struct(Registration registration, String input) {
        return registration.input(input).orElseThrow().getStructValue();
    }

    private static Struct container(Registration service) {
        return struct(service, "taskSpec").getFieldsOrThrow("containerSpec").getStructValue();
    }

    private static double replicas(Registration service) {
        return struct(service, "mode")
                .getFieldsOrThrow("replicated")
                .getStructValue()
                .getFieldsOrThrow("replicas")
                .getNumberValue();
    }

    /** What is mounted where. */
    private static Map<String, String> mounted(Run run, String name) {
        var mounted = new TreeMap<String, String>();
        for (Value mount : container(run.named(name))
                .getFieldsOrThrow("mounts")
                .getListValue()
                .getValuesList()) {
            var fields = mount.getStructValue();
            mounted.put(
                    fields.getFieldsOrThrow("target").getStringValue(),
                    (fields.getFieldsOrThrow("type").getStringValue() + " "
                                    + (fields.containsFields("source")
                                            ? fields.getFieldsOrThrow("source").getStringValue()
                                            : ""))
                            .strip());
        }
        return mounted;
    }
}
