package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.platform.docker.DockerPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tree that a cluster registers on Docker, as the engine sees it. */
class SparkClusterTest {

    private static final String CONTAINER = "docker:index/container:Container";
    private static final List<String> NODES =
            List.of("spark-master-node", "spark-workers-1", "spark-workers-2", "spark-edge-node");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void registersTheTreeThatTheDesignShows() {
        assertThat(run().registrations())
                .filteredOn(registration -> registration.type().startsWith("sparkcluster:index:"))
                .extracting(registration -> registration.parentName() + " > " + registration.name() + " "
                        + registration.type().substring("sparkcluster:index:".length()))
                .satisfiesExactlyInAnyOrder(
                        root -> assertThat(root).endsWith("> spark SparkCluster"),
                        images -> assertThat(images).isEqualTo("spark > spark-images ImageHierarchy"),
                        network -> assertThat(network).isEqualTo("spark > spark-network ClusterNetwork"),
                        volume -> assertThat(volume).isEqualTo("spark > spark-workspace SharedVolume"),
                        secrets -> assertThat(secrets).isEqualTo("spark > spark-secrets ClusterSecrets"),
                        master -> assertThat(master).isEqualTo("spark > spark-master SparkMaster"),
                        workers -> assertThat(workers).isEqualTo("spark > spark-workers SparkWorkers"),
                        edge -> assertThat(edge).isEqualTo("spark > spark-edge EdgeNode"),
                        test -> assertThat(test).isEqualTo("spark > spark-smoke-test SmokeTest"));
    }

    @Test
    void everyResourceStartsWithItsParentsNameAndIsUnique() {
        var registrations = resources(run());

        assertThat(registrations).extracting(Registration::urn).doesNotHaveDuplicates();
        assertThat(registrations)
                .filteredOn(registration -> !registration.name().equals("spark"))
                .allSatisfy(registration -> assertThat(registration.name()).startsWith(registration.parentName()));
    }

    @Test
    void allNodesStartAtOnceAndTheSmokeTestWhenAllAreReady() {
        Run run = run();

        for (String node : NODES) {
            assertThat(run.named(node).dependencyNames()).doesNotContainAnyElementsOf(NODES);
        }
        assertThat(run.named("spark-smoke-test-job").dependencyNames()).containsAll(NODES);
    }

    @Test
    void nodesStartAfterTheirSecretsAreDelivered() {
        Run run = run();

        assertThat(run.named("spark-master-node").dependencyNames())
                .contains("spark-secrets-spark-auth-carrier")
                .doesNotContain("spark-secrets-jupyter-token-carrier");
        assertThat(run.named("spark-edge-node").dependencyNames())
                .contains("spark-secrets-spark-auth-carrier", "spark-secrets-jupyter-token-carrier");
    }

    @Test
    void noNodeDependsOnAnothersPropertiesSoThatItIsNotReplacedWithIt() {
        Run run = run();

        for (String node : NODES) {
            assertThat(run.named(node).request().getPropertyDependenciesMap().values())
                    .flatExtracting(dependency -> List.copyOf(dependency.getUrnsList()))
                    .noneMatch(urn -> urn.contains(CONTAINER));
        }
    }

    @Test
    void secretsAreMarkedWhereverTheyGoAndNeverInEnvironmentOrCommand() {
        Run run = run();

        assertThat(run.registrations())
                .allSatisfy(registration -> assertThat(registration.texts().values())
                        .noneMatch(text -> text.contains(MockedEngine.STASHED)));
        assertThat(run.named("spark-secrets-spark-auth").secretPaths()).containsExactly("/input");
        assertThat(run.named("spark-secrets-spark-auth-carrier").secretPaths())
                .allMatch(path -> path.startsWith("/uploads"))
                .isNotEmpty();
        for (String node : NODES) {
            assertThat(run.named(node).secretPaths()).isEmpty();
        }
    }

    @Test
    void aStashKeepsItsFirstValueUntilTheGenerationChanges() {
        var stash = run().named("spark-secrets-jupyter-token").request();

        assertThat(stash.getIgnoreChangesList()).containsExactly("input");
        assertThat(stash.getReplacementTrigger().getNumberValue()).isEqualTo(1);
    }

    @Test
    void everyNodeIsHardenedBoundedAndReadyBeforeItCounts() {
        Run run = run();

        for (String name : NODES) {
            var node = run.named(name);
            assertThat(node.input("readOnly")).map(Value::getBoolValue).contains(true);
            assertThat(node.input("wait")).map(Value::getBoolValue).contains(true);
            assertThat(node.input("memory")).map(Value::getNumberValue).hasValueSatisfying(size -> assertThat(size)
                    .isPositive());
            assertThat(node.input("cpus")).isPresent();
            assertThat(node.texts())
                    .containsEntry("/capabilities/drops/0", "ALL")
                    .containsEntry("/securityOpts/0", "no-new-privileges:true")
                    .containsEntry("/restart", "always")
                    .containsEntry("/logOpts/max-size", "10m");
            assertThat(node.request().getDeleteBeforeReplace()).isTrue();
            assertThat(node.request().getReplaceOnChangesList()).containsExactly("healthcheck", "mustRun");
        }
    }

    @Test
    void portsArePublishedOnThisMachineOnly() {
        Run run = run();

        for (String name : NODES) {
            assertThat(run.named(name).texts().entrySet())
                    .filteredOn(text -> text.getKey().matches("/ports/\\d+/ip"))
                    .allSatisfy(address -> assertThat(address.getValue()).isEqualTo("127.0.0.1"));
        }
        assertThat(run.named("spark-edge-node").texts()).containsKey("/ports/0/ip");
        assertThat(run.named("spark-workers-1").input("ports"))
                .map(ports -> ports.getListValue().getValuesCount())
                .hasValueSatisfying(count -> assertThat(count).isZero());
    }

    @Test
    void everyContainerNetworkAndVolumeSaysWhoseItIs() {
        assertThat(run().registrations())
                .filteredOn(registration -> registration.type().matches("docker:index/(container|network|volume):.*"))
                .hasSizeGreaterThan(10)
                .allSatisfy(registration -> assertThat(labels(registration))
                        .containsEntry("io.sparkcluster.cluster", "spark-dev")
                        .containsEntry("io.sparkcluster.owner", "withoutengine"));
    }

    @Test
    void theWorkspaceOutlivesTheClusterUnlessItShallNot() {
        assertThat(run().named("spark-workspace").type()).isEqualTo("sparkcluster:index:SharedVolume");
        assertThat(volume(run(), "spark-dev-workspace").request().getRetainOnDelete())
                .isTrue();
        Run removed = run(spec -> spec.workspace(SharedVolumeSpec.DEFAULT.withRetain(false)));
        assertThat(volume(removed, "spark-dev-workspace").request().getRetainOnDelete())
                .isFalse();
    }

    @Test
    void anExistingWorkspaceIsNotRegistered() {
        Run run = run(spec -> spec.workspace(SharedVolumeSpec.existing("team-data")));

        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().equals("docker:index/volume:Volume"))
                .noneMatch(registration -> registration.texts().containsValue("team-data"));
        assertThat(run.named("spark-edge-node").texts()).containsValue("team-data");
    }

    @Test
    void twoClustersInOneProgramShareNoName() {
        Run run = MockedEngine.run(context -> {
            for (String name : List.of("one", "two")) {
                new SparkCluster(name, new SparkClusterArgs(DockerPlatform.local(), ClusterSpec.of("spark-" + name)));
            }
        });
        assertThat(resources(run)).extracting(Registration::urn).doesNotHaveDuplicates();
        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().matches("docker:index/(container|network|volume):.*"))
                .extracting(registration ->
                        registration.type() + registration.texts().get("/name"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPreviewRegistersTheSameResources() {
        var up = new ArrayList<String>();
        run().registrations().forEach(registration -> up.add(registration.name()));
        Run preview = MockedEngine.preview(context -> cluster(spec -> spec));
        assertThat(preview.registrations()).extracting(Registration::name).containsExactlyInAnyOrderElementsOf(up);
    }

    @Test
    void aWrongDescriptionIsRefusedBeforeAnythingIsRegistered() {
        Run run = MockedEngine.attempt(context -> cluster(spec -> spec.workers(WorkerPool.DEFAULT.withCount(0))));

        assertThat(run.result().exceptions()).hasAtLeastOneElementOfType(InvalidClusterException.class);
        assertThat(resources(run)).isEmpty();
    }

    @Test
    void theTokenIsASecretOutput() {
        var token = new ArrayList<Output<String>>();
        MockedEngine.run(context -> token.add(cluster(spec -> spec).jupyterToken()));

        var data = PulumiTestInternal.extractOutputData(token.get(0));
        assertThat(data.isSecret()).isTrue();
        assertThat(data.getValueNullable()).isEqualTo(MockedEngine.STASHED);
    }

    private static Run run() {
        return run(spec -> spec);
    }

    private static Run run(UnaryOperator<ClusterSpec.Builder> change) {
        Run run = MockedEngine.run(context -> cluster(change));
        return run;
    }

    private static SparkCluster cluster(UnaryOperator<ClusterSpec.Builder> change) {
        var spec = change.apply(ClusterSpec.builder("spark-dev")).build();
        return new SparkCluster("spark", new SparkClusterArgs(DockerPlatform.local(), spec));
    }

    private static List<Registration> resources(Run run) {
        return run.registrations().stream()
                .filter(registration -> !registration.type().equals("pulumi:pulumi:Stack"))
                .toList();
    }

    private static Registration volume(Run run, String name) {
        return run.registrations().stream()
                .filter(registration -> registration.type().equals("docker:index/volume:Volume"))
                .filter(registration -> name.equals(registration.texts().get("/name")))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> labels(Registration registration) {
        var labels = new TreeMap<String, String>();
        registration.texts().forEach((path, text) -> {
            if (path.matches("/labels/\\d+/label")) {
                labels.put(text, registration.texts().get(path.replaceFirst("label$", "value")));
            }
        });
        return labels;
    }
}
