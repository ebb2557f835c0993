package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ApplicationSpec;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Versions;
import io.sparkcluster.model.Warning;
import io.sparkcluster.model.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkConfValidatorTest {

    /** What no property of an application may contradict, in the words of the documentation. */
    private static final List<String> FAMILIES = List.of(
            "spark.deploy.", "spark.worker.", "spark.authenticate.", "spark.network.crypto.", "spark.master.rest.");

    @ParameterizedTest
    @CsvSource({
        // what the value must be
        "spark.dynamicAllocation.enabled, maybe, it must be true or false. Write true or false",
        "spark.sql.shuffle.partitions, many, 'it must be a whole number, at least 1. Write it in digits'",
        "spark.sql.shuffle.partitions, 0, 'it must be a whole number, at least 1. Write it in digits'",
        "spark.memory.fraction, half, it must be a number",
        "spark.memory.storageFraction, 1.5, 'it must be a number, at least 0, at most 1'",
        "spark.sql.files.maxPartitionBytes, 1.5g, it must be a size",
        "spark.network.timeout, soon, 'it must be a time, a whole number. Write it as 90s, 10min or 1h'",
        "spark.sql.storeAssignmentPolicy, ANSY, 'it must be one of ANSI, LEGACY, STRICT. Did you mean ANSI?'",
        "spark.sql.hive.verifyPartitionPath, true, it must be left out: Spark 4.0.0 took this property away. Remove it",
        // names
        "spark.sql.shufle.partitions, 8, Spark 4.2.1 does not know this property. Did you mean spark.sql.shuffle.partitions?",
        "spark.executor.core, 8, Did you mean spark.executor.cores?",
        "spark.mster, local, Did you mean spark.master?",
        "executor.memory, 1g, 'a Spark property starts with \"spark.\"'",
        // what is derived
        "spark.master, local[*], this property is derived so that all nodes agree on it. Remove it",
        "spark.driver.host, me, this property is derived so that all nodes agree on it",
        "spark.driver.memory, 1g, Remove it; set applications.driverMemory",
        "spark.executor.memory, 8g, Remove it; set applications.executorMemory",
        "spark.ui.reverseProxy, false, this property is derived",
        "spark.decommission.enabled, false, this property is derived",
        "spark.deploy.recoveryMode, NONE, this property is derived",
        "spark.deploy.defaultCores, 2, this property is derived",
        "spark.worker.timeout, 60, this property is derived",
        "spark.authenticate, false, Remove it; set security.authenticate",
        "spark.authenticate.enableSaslEncryption, true, Remove it; set security.authenticate",
        "spark.network.crypto.enabled, true, Remove it; set security.encrypt",
        "spark.master.rest.enabled, true, this property is derived",
        // what contradicts the plan
        "spark.submit.deployMode, cluster, the driver of a notebook runs on the edge node",
        "spark.submit.deployMode, anything, the driver of a notebook runs on the edge node",
        "spark.executor.cores, 16, 'each has 2 cores (workers.cores). Lower it to 2, or raise workers.cores'",
        "spark.executor.cores, 0, Raise it to 1",
        "spark.cores.max, 0, an application without cores runs no task",
        "spark.cores.max, -1, an application without cores runs no task",
        "spark.task.cpus, 3, 'an executor has 2 cores'",
        "spark.executor.memoryOverhead, 2g, of workers.memory 2g there are 1037m left",
        "spark.executor.pyspark.memory, 1038m, 'Lower it, or raise workers.memory'",
        "spark.memory.offHeap.enabled, true, Set spark.memory.offHeap.size too",
        "spark.shuffle.service.enabled, true, no node runs Spark's external shuffle service",
        "spark.local.dir, /tmp, 'every node has a place for scratch files, /scratch'",
        "spark.pyspark.driver.python, /opt/python, drivers and executors must run the same Python",
        "spark.remote, sc://localhost, it does not go together with spark.master",
        "spark.driver.extraJavaOptions, -Xmx4g, Remove -Xmx; set applications.driverMemory",
        "spark.executor.extraJavaOptions, -Dspark.speculation=true, Write what is after -D as a property of its own",
        "spark.eventLog.enabled, true, 'the default, /tmp/spark-events, does not'",
        "spark.network.timeout, 10s, an executor must report",
        "spark.executor.heartbeatInterval, 3min, an executor must report",
        // secrets
        "spark.hadoop.fs.s3a.secret.key, hunter2, readable by everyone who may inspect a container",
        "spark.hadoop.fs.s3a.access.key, hunter2, readable by everyone who may inspect a container",
        "spark.executorEnv.PASSWORD, hunter2, readable by everyone",
        "spark.ssl.keyPassword, hunter2, readable by everyone"
    })
    void refuses(String name, String value, String message) {
        assertThat(problems(Map.of(name, value))).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith("sparkConf: " + name)
                .contains(message)
                .doesNotContain("hunter2"));
        assertThat(warnings(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "spark.sql.shuffle.partitions, 8",
        "spark.sql.warehouse.dir, file:/workspace/other",
        "spark.jars.ivy, /workspace/.ivy2",
        "spark.executor.cores, 1",
        "spark.cores.max, 1",
        "spark.ui.showConsoleProgress, true",
        "spark.ui.killEnabled, true",
        "spark.storage.decommission.enabled, false",
        "spark.submit.deployMode, client",
        "spark.dynamicAllocation.enabled, true",
        "spark.executor.memoryOverhead, 512m",
        "spark.app.name, ${env:USER}",
        "spark.sql.shuffle.partitions, ${env:PARTITIONS}",
        "spark.jars.packages, org.apache.hadoop:hadoop-aws:3.5.0",
        "spark.sql.extensions, io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.lake, org.apache.iceberg.spark.SparkCatalog",
        "spark.sql.catalog.lake.type, hadoop",
        "spark.databricks.delta.retentionDurationCheck.enabled, false",
        "spark.hadoop.fs.s3a.endpoint, http://minio:9000",
        "spark.hadoop.dfs.block.access.token.enable, true",
        "spark.hadoop.fs.s3a.aws.credentials.provider, org.example.Provider",
        "spark.executorEnv.TZ, UTC",
        "spark.metrics.conf.*.sink.console.class, org.apache.spark.metrics.sink.ConsoleSink",
        "spark.kubernetes.executor.label.team, data",
        "spark.kubernetes.executor.secrets.certificates, /etc/certificates",
        "spark.kubernetes.driver.secretKeyRef.KEY, 'team:key'",
        "spark.task.resource.gpu.amount, 1",
        "spark.org.apache.spark.ui.JWSFilter.param.issuer, me",
        "spark.plugins, org.example.Plugin"
    })
    void takesWithoutAWord(String name, String value) {
        assertThat(problems(Map.of(name, value))).isEmpty();
        assertThat(warnings(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "spark.acme.level, 'Correct or remove it, unless a library of yours reads it'",
        "spark.sql.acme, 'Correct or remove it, unless a library of yours reads it'",
        "spark.hadop.fs.defaultFS, Did you mean spark.hadoop.fs.defaultFS?",
        "spark.sql.catalogs.lake.type, Did you mean spark.sql.catalog.lake.type?"
    })
    void warnsOfOtherNames(String name, String message) {
        assertThat(problems(Map.of(name, "hunter2"))).isEmpty();
        assertThat(warnings(Map.of(name, "hunter2"))).singleElement().satisfies(warning -> assertThat(
                        warning.toString())
                .startsWith("sparkConf: " + name + ": Spark 4.2.1 does not know this property. ")
                .contains(message)
                .doesNotContain("hunter2"));
    }

    @Test
    void warnsOfAPropertyThatOnlyOtherReleasesKnow() {
        var spec = ClusterSpec.builder("dev")
                .versions(Versions.DEFAULT.withSpark("3.5.9"))
                .sparkConf("spark.api.mode", "classic")
                .build();

        assertThat(plan(spec).warnings())
                .extracting(Warning::reason)
                .containsExactly("Spark 3.5.9 does not know this property, but 4.0.5, 4.1.4, 4.2.1, 4.3.0 do");
    }

    @Test
    void reportsEveryPropertyAtOnce() {
        var conf = Map.of(
                "spark.dynamicAllocation.enabled", "maybe",
                "spark.master", "local",
                "spark.cores.max", "0",
                "spark.sql.shufle.partitions", "8");

        assertThat(problems(conf))
                .extracting(Problem::value)
                .containsExactlyInAnyOrder(
                        "spark.dynamicAllocation.enabled=maybe",
                        "spark.master=local",
                        "spark.cores.max=0",
                        "spark.sql.shufle.partitions");
    }

    @Test
    void checksAgainstTheReleaseThatWasMeantWhereNoneIsOfThatVersion() {
        var spec = ClusterSpec.builder("dev")
                .versions(Versions.DEFAULT.withSpark("4.2.9"))
                .sparkConf("spark.speculation", "perhaps")
                .build();

        assertThat(ClusterPlan.problems(spec))
                .extracting(Problem::field)
                .containsExactly("versions.spark", "sparkConf");
    }

    @ParameterizedTest
    @EnumSource
    void refusesExactlyWhatThePlanFixesAndTheFamilies(ClusterManager manager) {
        var spec = ClusterSpec.builder("dev").clusterManager(manager).build();
        var release = CompatibilityMatrix.release(spec.versions().spark()).orElseThrow();
        var planned = new TreeMap<String, String>();
        var fixed = new TreeSet<String>();
        ManagerRules.of(spec).ofEveryRole(spec, release).forEach(role -> {
            planned.putAll(role.values());
            fixed.addAll(role.fixed().keySet());
        });

        assertThat(fixed).contains("spark.master", "spark.executor.memory", "spark.driver.host");
        assertThat(planned).allSatisfy((name, value) -> {
            boolean free =
                    problems(spec.toBuilder().sparkConf(name, value).build()).isEmpty();
            assertThat(free).as(name).isEqualTo(!fixed.contains(name));
        });
        var all = new ArrayList<>(SparkPropertyCatalog.of(release).types().keySet());
        all.removeAll(fixed);
        assertThat(all).allSatisfy(name -> {
            boolean family = FAMILIES.stream().anyMatch(name::startsWith);
            var derived = problems(spec.toBuilder().sparkConf(name, "1").build()).stream()
                    .filter(problem -> problem.rule().contains("derived so that"));
            assertThat(derived.findAny().isPresent()).as(name).isEqualTo(family);
        });
    }

    @Test
    void aDefaultIsWhatTheUserSays() {
        var plan = plan(ClusterSpec.builder("dev")
                .sparkConf("spark.sql.warehouse.dir", "file:/workspace/other")
                .sparkConf("spark.executor.cores", "1")
                .sparkConf("spark.ui.killEnabled", "true")
                .build());

        assertThat(plan.master().orElseThrow().sparkConf()).containsEntry("spark.ui.killEnabled", "false");
        assertThat(plan.edge().sparkConf())
                .containsEntry("spark.ui.killEnabled", "true")
                .containsEntry("spark.sql.warehouse.dir", "file:/workspace/other")
                .containsEntry("spark.executor.cores", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.namespace, default, this property is derived",
        "spark.kubernetes.container.image, mine, Remove it; set images.sparkWorker",
        "spark.kubernetes.executor.container.image, mine, Remove it; set images.sparkWorker",
        "spark.executor.memoryOverhead, 1g, Remove it; set workers.memory",
        "spark.dynamicAllocation.enabled, false, this property is derived",
        "spark.dynamicAllocation.maxExecutors, 5, Remove it; set workers.count and applications.concurrent",
        "spark.dynamicAllocation.minExecutors, 5, 'it must be 0 to spark.dynamicAllocation.maxExecutors, which is 1'",
        "spark.executor.instances, 2, Lower it to 1",
        "spark.submit.deployMode, cluster, Remove it; give single jobs --deploy-mode cluster instead",
        "spark.executor.cores, 3, Lower it to 2",
        "spark.ui.port, 4050, the page of the first application is published from port 4040"
    })
    void refusesWhereKubernetesIsTheManager(String name, String value, String message) {
        var spec = pods().sparkConf(name, value).build();

        assertThat(problems(spec)).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains(name + "=" + value)
                .contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark.executor.cores", "spark.dynamicAllocation.initialExecutors", "spark.ui.port"})
    void takesDefaultsWhereKubernetesIsTheManager(String name) {
        String value = name.endsWith("port") ? "4040" : "1";

        assertThat(problems(pods().sparkConf(name, value).build())).isEmpty();
    }

    /** Whatever the sizes, an executor that the check lets pass fits a worker and the part of its application. */
    @Property
    void executorsThatPassFit(
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll @IntRange(min = 1, max = 6) int cores,
            @ForAll @IntRange(min = 1, max = 3) int applications,
            @ForAll @IntRange(min = -1, max = 8) int executor) {
        var spec = ClusterSpec.builder("dev")
                .workers(WorkerPool.DEFAULT.withCount(count).withCores(cores))
                .applications(ApplicationSpec.DEFAULT.withConcurrent(applications))
                .sparkConf("spark.executor.cores", Integer.toString(executor))
                .build();
        boolean fits = executor >= 1 && executor <= cores && executor <= Math.max(1, count * cores / applications);

        assertThat(sparkConf(ClusterPlan.problems(spec)).isEmpty()).isEqualTo(fits);
    }

    /** One letter left out of a name of 20 or more is always found, unless what is left is another property. */
    @Property(tries = 200)
    void aMissingLetterIsFound(@ForAll("names") String name, @ForAll @IntRange(min = 7, max = 19) int letter) {
        var catalog =
                SparkPropertyCatalog.of(CompatibilityMatrix.release("4.2.1").orElseThrow());
        String misspelt = name.substring(0, letter) + name.substring(letter + 1);
        if (catalog.type(misspelt).isPresent() || OpenNamespaces.contain(misspelt)) {
            return;
        }

        assertThat(catalog.nearest(misspelt, List.of())).isPresent();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(
                SparkPropertyCatalog.of(CompatibilityMatrix.release("4.2.1").orElseThrow()).types().keySet().stream()
                        .filter(name -> name.length() >= 20)
                        .toList());
    }

    private static ClusterSpec.Builder pods() {
        return ClusterSpec.builder("dev").clusterManager(ClusterManager.KUBERNETES);
    }

    private static List<Problem> problems(Map<String, String> conf) {
        return problems(spec(conf));
    }

    private static List<Problem> problems(ClusterSpec spec) {
        return ClusterPlan.problems(spec);
    }

    private static List<Problem> sparkConf(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.field().equals("sparkConf"))
                .toList();
    }

    private static List<Warning> warnings(Map<String, String> conf) {
        return Planner.warnings(spec(conf));
    }

    private static ClusterSpec spec(Map<String, String> conf) {
        var builder = ClusterSpec.builder("dev");
        conf.forEach(builder::sparkConf);
        return builder.build();
    }

    private static ClusterPlan plan(ClusterSpec spec) {
        return ClusterPlan.of(spec, Naming.flat());
    }
}
