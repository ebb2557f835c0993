package io.sparkcluster.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.SecuritySpec;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.Versions;
import io.sparkcluster.model.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    private static final ClusterSpec PODS =
            ClusterSpec.builder("dev").clusterManager(ClusterManager.KUBERNETES).build();
    private static final ClusterSpec SPEC = ClusterSpec.of("dev");

    @Test
    void reportsProblemsOfFieldsVersionsAndSizesTogether() {
        var spec = ClusterSpec.builder("dev")
                .workers(WorkerPool.DEFAULT.withCount(0))
                .versions(Versions.DEFAULT.withSpark("4.9"))
                .applications(ApplicationSpec.DEFAULT.withExecutorMemory(MemorySize.gibibytes(8)))
                .build();

        assertThatThrownBy(() -> plan(spec))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContaining("3 problems")
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidClusterException.class))
                .extracting(InvalidClusterException::problems, InstanceOfAssertFactories.list(Problem.class))
                .extracting(Problem::field)
                .containsExactly("workers.count", "versions.spark", "applications.executorMemory");
    }

    @Test
    void everyNodeIsToldTheSameMasterByTheNameThatTheMasterBinds() {
        var plan = plan(SPEC);

        assertThat(plan.masterUrl()).isEqualTo("spark://dev-master:7077");
        assertThat(master(plan).environment())
                .containsEntry("SPARK_MASTER_HOST", master(plan).hostName())
                .containsEntry("SPARK_MASTER_PORT", "7077");
        assertThat(plan.workers()).allSatisfy(worker -> assertThat(worker.environment())
                .containsEntry("SPARK_MASTER_URL", plan.masterUrl()));
        assertThat(plan.edge().sparkConf()).containsEntry("spark.master", plan.masterUrl());
    }

    @Test
    void aWorkerAdvertisesItsOwnName() {
        assertThat(plan(SPEC).workers()).hasSize(2).allSatisfy(worker -> assertThat(worker.environment())
                .containsEntry("SPARK_LOCAL_HOSTNAME", worker.hostName()));
    }

    @Test
    void onlyTheDriverBindsAnotherAddressThanItAdvertises() {
        var plan = plan(SPEC);

        assertThat(plan.edge().sparkConf())
                .containsEntry("spark.driver.bindAddress", "0.0.0.0")
                .containsEntry("spark.driver.host", plan.edge().hostName());
        assertThat(master(plan).sparkConf()).doesNotContainKey("spark.driver.host");
        assertThat(plan.workers().get(0).sparkConf()).doesNotContainKey("spark.driver.host");
    }

    @Test
    void anotherNumberOfWorkersChangesNoOtherNode() {
        var two = plan(SPEC);
        var three = plan(SPEC.toBuilder().workers(SPEC.workers().withCount(3)).build());

        assertThat(three.master()).isEqualTo(two.master());
        assertThat(three.edge()).isEqualTo(two.edge());
        assertThat(three.workers()).startsWith(two.workers().toArray(NodeSpec[]::new));
    }

    @Test
    void anotherMemoryOfTheEdgeNodeChangesOnlyTheEdgeNode() {
        var before = plan(SPEC);
        var after = plan(SPEC.toBuilder()
                .edge(SPEC.edge().withMemory(MemorySize.gibibytes(4)))
                .build());

        assertThat(after.master()).isEqualTo(before.master());
        assertThat(after.workers()).isEqualTo(before.workers());
        assertThat(after.edge()).isNotEqualTo(before.edge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.5", "4.1.4", "4.2.1", "4.3.0"})
    void recoveryIsOnWithAShortTimeoutWhereSparkKnowsOne(String release) {
        assertThat(master(release))
                .containsEntry("spark.deploy.recoveryMode", "ROCKSDB")
                .containsEntry("spark.deploy.recoveryTimeout", "10");
    }

    @Test
    void recoveryOfOlderReleasesIsOnFiles() {
        assertThat(master("3.5.9"))
                .containsEntry("spark.deploy.recoveryMode", "FILESYSTEM")
                .doesNotContainKey("spark.deploy.recoveryTimeout");
    }

    @Test
    void theRestServerIsOffBesideASecret() {
        assertThat(master(plan(SPEC)).sparkConf())
                .containsEntry("spark.authenticate", "true")
                .containsEntry("spark.master.rest.enabled", "false");
    }

    @Test
    void everyNodeAuthenticatesAndEncryptsWithTheSameCipher() {
        assertThat(plan(SPEC).nodes()).allSatisfy(node -> assertThat(node.sparkConf())
                .containsEntry("spark.authenticate", "true")
                .containsEntry("spark.network.crypto.enabled", "true")
                .containsEntry("spark.network.crypto.cipher", "AES/GCM/NoPadding")
                .containsEntry("spark.ui.reverseProxy", "true"));
    }

    @Test
    void withoutAuthenticationNoNodeIsGivenTheSecret() {
        var plan = plan(SPEC.toBuilder()
                .security(SecuritySpec.builder()
                        .authenticate(false)
                        .encrypt(false)
                        .build())
                .build());

        assertThat(plan.secrets()).containsExactly(SecretSpec.JUPYTER_TOKEN);
        assertThat(plan.nodes()).allSatisfy(node -> {
            assertThat(node.environment()).doesNotContainKey("SPARK_AUTH_SECRET_FILE");
            assertThat(node.mounts()).doesNotContain(new Mount.Secret(SecretSpec.SPARK_AUTH));
            assertThat(node.sparkConf().keySet()).noneMatch(key -> key.startsWith("spark.authenticate"));
        });
    }

    @Test
    void onlyTheEdgeNodeIsGivenTheTokenOfJupyterLab() {
        assertThat(plan(SPEC).nodes())
                .filteredOn(node -> node.mounts().contains(new Mount.Secret(SecretSpec.JUPYTER_TOKEN)))
                .extracting(NodeSpec::kind)
                .containsExactly(NodeKind.EDGE);
    }

    @Test
    void scratchSpaceIsNeverOnTheWorkspace() {
        assertThat(plan(SPEC).workers()).allSatisfy(worker -> {
            assertThat(worker.mounts()).contains(new Mount.Own("scratch", "/scratch", false));
            assertThat(worker.environment())
                    .containsEntry("SPARK_LOCAL_DIRS", "/scratch")
                    .containsEntry("SPARK_WORKER_DIR", "/scratch/work");
        });
    }

    @Test
    void aWorkerHasMoreTimeToStopThanItsExecutorsHaveToLeave() {
        var spec = SPEC.toBuilder()
                .workers(WorkerPool.DEFAULT.withDecommissionTimeout(Duration.ofSeconds(90)))
                .build();
        var worker = plan(spec).workers().get(0);

        assertThat(worker.environment()).containsEntry("SPARK_DECOMMISSION_TIMEOUT", "90");
        assertThat(worker.stop().grace()).isGreaterThan(Duration.ofSeconds(90));
    }

    @Test
    void onlyTheMastersPageAndJupyterLabArePublished() {
        var published = plan(SPEC).nodes().stream()
                .flatMap(node -> node.ports().stream())
                .filter(port -> port.published().isPresent())
                .collect(Collectors.toMap(
                        ListenPort::name, port -> port.published().orElseThrow().number()));

        assertThat(published).isEqualTo(Map.of("ui", 8080, "jupyterlab", 8888));
    }

    @Test
    void listenersOfANodeHaveDifferentPorts() {
        assertThat(plan(SPEC).nodes())
                .allSatisfy(node ->
                        assertThat(node.ports()).extracting(ListenPort::port).doesNotHaveDuplicates());
    }

    @Test
    void imagesAreInBuildOrder() {
        assertThat(plan(SPEC).images().keySet())
                .containsExactly(
                        ImageRole.BASE,
                        ImageRole.SPARK_BASE,
                        ImageRole.SPARK_MASTER,
                        ImageRole.SPARK_WORKER,
                        ImageRole.JUPYTERLAB);
    }

    @Test
    void anArchiveOfClassesIsMadeUnlessItIsDeclined() {
        var spec = ClusterSpec.builder("dev")
                .images(ImagesSpec.DEFAULT.withClassDataSharing(false))
                .build();

        assertThat(sparkBaseArguments(spec)).containsEntry("CLASS_DATA_SHARING", "false");
        assertThat(sparkBaseArguments(SPEC)).containsEntry("CLASS_DATA_SHARING", "true");
    }

    @Test
    void aMomentOfUpdatesReachesTheImageWithThePackages() {
        var spec = ClusterSpec.builder("dev")
                .images(ImagesSpec.builder().updated("2026-12-01T09:05Z").build())
                .build();

        assertThat(requireNonNull(plan(spec).images().get(ImageRole.BASE)).buildArgs())
                .containsEntry("UPDATED", "2026-12-01T09:05Z");
        assertThat(requireNonNull(plan(SPEC).images().get(ImageRole.BASE)).buildArgs())
                .doesNotContainKey("UPDATED");
    }

    private static Map<String, String> sparkBaseArguments(ClusterSpec spec) {
        return requireNonNull(plan(spec).images().get(ImageRole.SPARK_BASE)).buildArgs();
    }

    @Test
    void imagesThatNobodyIsBuiltOnAreNotBuilt() {
        var own = ImageSource.registry("example.org/team/spark:1");
        var spec = SPEC.toBuilder()
                .images(ImagesSpec.DEFAULT.withNodeImages(own, own, own))
                .build();

        assertThat(plan(spec).images().keySet())
                .containsExactly(ImageRole.SPARK_MASTER, ImageRole.SPARK_WORKER, ImageRole.JUPYTERLAB);
    }

    @Test
    void anExistingWorkspaceIsUsedUnderItsOwnName() {
        var plan = plan(SPEC.toBuilder()
                .workspace(SharedVolumeSpec.existing("team-data"))
                .build());

        assertThat(plan.workspace()).isEqualTo(VolumePlan.workspace("team-data", true, true));
    }

    @Test
    void theSmokeTestExpectsWhatThePlanSays() {
        assertThat(plan(SPEC).smokeTest().orElseThrow().command())
                .containsSequence("--workers", "2")
                .containsSequence("--expect", "spark=4.2.1")
                .containsSequence("--expect", "scala=2.13")
                .containsSequence("--expect", "java=21")
                .containsSequence("--expect", "python=3.13");
        assertThat(plan(SPEC.toBuilder().smokeTest(false).build()).smokeTest()).isEmpty();
    }

    @Test
    void sparkDefaultsAreOnePropertyALine() {
        assertThat(plan(SPEC).workers().get(0).sparkDefaults().lines())
                .contains("spark.decommission.enabled true")
                .allMatch(line -> line.matches("spark\\.\\S+ .+"));
    }

    private static Map<String, String> master(String release) {
        return master(plan(SPEC.toBuilder()
                        .versions(Versions.DEFAULT.withSpark(release))
                        .build()))
                .sparkConf();
    }

    private static NodeSpec master(ClusterPlan plan) {
        return plan.master().orElseThrow();
    }

    private static ClusterPlan plan(ClusterSpec spec) {
        return ClusterPlan.of(spec, Naming.flat());
    }

    @Test
    void nodesAreInTheOrderInWhichTheyStart() {
        assertThat(plan(SPEC).nodes())
                .extracting(NodeSpec::hostName)
                .isEqualTo(List.of("dev-master", "dev-worker-1", "dev-worker-2", "dev-edge"));
    }

    @Test
    void withKubernetesAsManagerOnlyTheEdgeNodeStands() {
        var plan = plan(PODS);

        assertThat(plan.nodes()).extracting(NodeSpec::kind).containsExactly(NodeKind.EDGE);
        assertThat(plan.images()).doesNotContainKey(ImageRole.SPARK_MASTER).containsKey(ImageRole.SPARK_WORKER);
        assertThat(plan.masterUrl()).isEqualTo("k8s://https://kubernetes.default.svc:443");
        assertThat(plan.smokeTest().orElseThrow().command()).containsSequence("--executors", "2");
    }

    @Test
    void anExecutorsPodIsAsLargeAsAWorkerWouldBe() {
        var properties = plan(PODS).edge().sparkConf();
        var heap = MemorySize.parse(String.valueOf(properties.get("spark.executor.memory")));
        var rest = MemorySize.parse(String.valueOf(properties.get("spark.executor.memoryOverhead")));

        assertThat(heap.mebibytes() + rest.mebibytes())
                .isEqualTo(PODS.workers().memory().mebibytes());
        assertThat(properties)
                .containsEntry(
                        "spark.executor.cores", Integer.toString(PODS.workers().cores()));
    }

    @Test
    void allApplicationsTogetherGetNoMoreExecutorsThanWorkersAreAllowed() {
        for (int count : List.of(2, 3, 5, 16)) {
            for (int applications = 1; applications <= count; applications++) {
                var spec = PODS.toBuilder()
                        .workers(PODS.workers().withCount(count))
                        .applications(ApplicationSpec.DEFAULT.withConcurrent(applications))
                        .edge(PODS.edge().withMemory(MemorySize.gibibytes(32)))
                        .build();
                int each = Integer.parseInt(
                        String.valueOf(plan(spec).edge().sparkConf().get("spark.dynamicAllocation.maxExecutors")));

                assertThat(each * applications).isBetween(applications, count);
            }
        }
    }

    /** Its properties go into a map that everybody in the namespace may read, and Spark refuses a driver's address there. */
    @Test
    void aJobInClusterModeBringsNeitherSecretNorAddressOfTheEdgeNode() {
        var edge = plan(PODS).edge();

        assertThat(edge.environment()).doesNotContainKey("SPARK_AUTH_SECRET_FILE");
        assertThat(edge.sparkConf())
                .containsEntry("spark.authenticate.secret.file", SecretSpec.SPARK_AUTH.file())
                .doesNotContainKeys(
                        "spark.driver.host", "spark.driver.bindAddress", "spark.kubernetes.driver.pod.name");
        assertThat(edge.environment())
                .containsEntry(
                        "SPARK_CLIENT_OPTIONS",
                        "-Dspark.driver.bindAddress=0.0.0.0 -Dspark.driver.host=dev-edge"
                                + " -Dspark.kubernetes.driver.pod.name=${env:POD_NAME}");
    }

    @Test
    void nodesOfAChosenArchitectureMayBeEmulatedAndGetMoreTime() {
        var images = ImagesSpec.builder().architecture(Architecture.ARM64).build();
        var chosen =
                ClusterPlan.of(ClusterSpec.of("dev").toBuilder().images(images).build(), Naming.flat());
        var usual = ClusterPlan.of(ClusterSpec.of("dev"), Naming.flat());

        assertThat(chosen.nodes())
                .allSatisfy(node -> assertThat(node.health().startTimeout()).isGreaterThan(Duration.ofMinutes(15)));
        assertThat(usual.nodes())
                .allSatisfy(node -> assertThat(node.health().startTimeout()).isLessThan(Duration.ofMinutes(5)));
    }
}
