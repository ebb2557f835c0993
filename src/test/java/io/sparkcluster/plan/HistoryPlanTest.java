package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.Port;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.ProxySpec;
import io.sparkcluster.model.SharedVolumeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryPlanTest {

    private static final String FOLDER = "/var/lib/spark/events/.sparkcluster/events/lab";

    private static ClusterSpec.Builder spec() {
        return ClusterSpec.builder("lab").history(HistorySpec.on());
    }

    private static ClusterPlan plan(ClusterSpec spec) {
        return ClusterPlan.of(spec, Naming.flat());
    }

    private static NodeSpec history(ClusterPlan plan) {
        return plan.nodes(NodeKind.HISTORY).get(0);
    }

    @ParameterizedTest
    @EnumSource(ClusterManager.class)
    void withoutItNothingIsPlanned(ClusterManager manager) {
        var plan = plan(ClusterSpec.builder("lab").clusterManager(manager).build());

        assertThat(plan.nodes(NodeKind.HISTORY)).isEmpty();
        assertThat(plan.volumes()).extracting(VolumePlan::id).containsExactly("workspace");
        assertThat(plan.images()).doesNotContainKey(ImageRole.SPARK_HISTORY);
        assertThat(plan.edge().sparkConf().keySet()).noneMatch(name -> name.startsWith("spark.eventLog."));
    }

    @ParameterizedTest
    @EnumSource(ClusterManager.class)
    void driversAndTheServerAgreeOnAFolderOfASharedVolume(ClusterManager manager) {
        var plan = plan(spec().clusterManager(manager).build());
        var volume = plan.volumes().get(1);
        var mount = new Mount.Shared("events", "/var/lib/spark/events");

        assertThat(volume)
                .isEqualTo(new VolumePlan(
                        "events",
                        "lab-events",
                        "/var/lib/spark/events",
                        "history.enabled",
                        false,
                        true,
                        Optional.of(MemorySize.gibibytes(10)),
                        true));
        for (NodeSpec node : List.of(plan.edge(), history(plan))) {
            assertThat(node.mounts()).contains(mount);
            assertThat(node.environment()).containsEntry("SPARK_EVENT_LOG_FOLDER", FOLDER);
        }
        assertThat(plan.edge().sparkConf())
                .containsEntry("spark.eventLog.enabled", "true")
                .containsEntry("spark.eventLog.dir", "file:" + FOLDER)
                .containsEntry("spark.eventLog.rolling.enabled", "true")
                .containsEntry("spark.eventLog.rolling.maxFileSize", "128m")
                .containsEntry("spark.eventLog.compress", "true");
        assertThat(history(plan).sparkConf())
                .containsEntry("spark.history.fs.logDirectory", "file:" + FOLDER)
                .containsEntry("spark.history.fs.cleaner.enabled", "true")
                .containsEntry("spark.history.fs.cleaner.maxAge", "2592000s")
                .containsEntry("spark.history.fs.cleaner.maxNum", "100")
                .containsEntry("spark.history.fs.eventLog.rolling.maxFilesToRetain", "10");
        assertThat(plan.workers())
                .allSatisfy(worker -> assertThat(worker.mounts()).doesNotContain(mount));
    }

    /** A driver in a pod of its own writes too; an executor does not. */
    @Test
    void ofPodsOnlyDriversMountTheVolume() {
        var pods = plan(spec().clusterManager(ClusterManager.KUBERNETES).build())
                .edge()
                .executorPods()
                .orElseThrow();
        var mount = new Mount.Shared("events", "/var/lib/spark/events");

        assertThat(pods.driver().mounts()).contains(mount);
        assertThat(pods.executor().mounts()).doesNotContain(mount);
    }

    @Test
    void theServerNeedsNoOtherNodeAndNoSecret() {
        var server = history(plan(spec().build()));

        assertThat(server.group().waitsFor()).isEmpty();
        assertThat(server.secrets()).isEmpty();
        assertThat(server.environment()).doesNotContainKeys("SPARK_AUTH_SECRET_FILE", "SPARK_MASTER_URL");
        assertThat(server.command()).containsExactly("history");
        assertThat(server.publishedPorts()).singleElement().satisfies(port -> assertThat(port.published())
                .contains(Port.of(18_080)));
    }

    @Test
    void theSmokeTestLooksForItsJobThere() {
        assertThat(plan(spec().build()).smokeTest().orElseThrow().command())
                .containsSequence("--history", "http://lab-history:18080");
        assertThat(plan(ClusterSpec.of("lab")).smokeTest().orElseThrow().command())
                .doesNotContain("--history");
    }

    @Test
    void theServerIsReachedPastAProxy() {
        var proxied =
                plan(spec().proxy(ProxySpec.builder().http("http://proxy:3128").build())
                        .build());

        assertThat(proxied.edge().environment())
                .hasEntrySatisfying(
                        "NO_PROXY", hosts -> assertThat(hosts.split(",", -1)).contains("lab-history"));
        assertThat(history(proxied).environment()).doesNotContainKey("HTTP_PROXY");
    }

    @Test
    void theVolumeIsKeptAsTheWorkspaceIs() {
        var removed = plan(
                spec().workspace(SharedVolumeSpec.DEFAULT.withRetain(false)).build());

        assertThat(removed.volumes()).extracting(VolumePlan::retain).containsExactly(false, false);
    }

    @Test
    void everythingThatBoundsItCanBeSet() {
        var history = HistorySpec.builder()
                .enabled(true)
                .cpus(2)
                .memory(MemorySize.gibibytes(2))
                .port(Port.of(28_080))
                .maxAge(Duration.ofHours(12))
                .maxApplications(5)
                .maxFiles(3)
                .maxFileSize(MemorySize.mebibytes(16))
                .volumeSize(MemorySize.gibibytes(1))
                .build();
        var plan = plan(spec().history(history).build());

        assertThat(plan.edge().sparkConf()).containsEntry("spark.eventLog.rolling.maxFileSize", "16m");
        assertThat(history(plan).sparkConf())
                .containsEntry("spark.history.fs.cleaner.maxAge", "43200s")
                .containsEntry("spark.history.fs.cleaner.maxNum", "5")
                .containsEntry("spark.history.fs.eventLog.rolling.maxFilesToRetain", "3");
        assertThat(history(plan).resources())
                .isEqualTo(new ResourceLimits(2, MemorySize.gibibytes(2), "history.cpus", "history.memory"));
        assertThat(history(plan).environment()).containsEntry("SPARK_DAEMON_MEMORY", "1228m");
        assertThat(plan.volumes().get(1).size()).contains(MemorySize.gibibytes(1));
    }

    @Test
    void everyMistakeIsNamedByItsKey() {
        var wrong = HistorySpec.builder()
                .enabled(true)
                .cpus(0)
                .memory(MemorySize.mebibytes(100))
                .port(Port.of(8080))
                .maxAge(Duration.ofMinutes(1))
                .maxApplications(0)
                .maxFiles(0)
                .maxFileSize(MemorySize.mebibytes(1))
                .volumeSize(MemorySize.mebibytes(1))
                .build();

        assertThat(ClusterPlan.problems(spec().history(wrong).build()))
                .extracting(Problem::field)
                .containsExactly(
                        "history.cpus",
                        "history.memory",
                        "history.maxAge",
                        "history.maxApplications",
                        "history.maxFiles",
                        "history.maxFileSize",
                        "history.volumeSize",
                        "history.port");
    }

    @Test
    void whatTheHistoryNeedsCannotBeSetAsASparkProperty() {
        var spec = spec().sparkConf("spark.eventLog.dir", "file:/workspace/logs")
                .sparkConf("spark.eventLog.enabled", "false")
                .build();

        assertThat(ClusterPlan.problems(spec))
                .extracting(Problem::value)
                .containsExactlyInAnyOrder("spark.eventLog.dir=file:/workspace/logs", "spark.eventLog.enabled=false");
    }
}
