package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPropertiesTest {

    private static final String KEY = "spark.hadoop.fs.s3a.secret.key";
    private static final String ACCOUNT = "spark.hadoop.fs.azure.account.key.lab.example.org";

    @Test
    void onlyTheEdgeNodeIsGivenThemAndNoPlanHoldsAValue() {
        var plan = plan(KEY);

        assertThat(plan.secrets())
                .containsExactly(SecretSpec.SPARK_AUTH, SecretSpec.JUPYTER_TOKEN, SecretSpec.SPARK_PROPERTIES);
        assertThat(plan.nodes())
                .filteredOn(node -> node.secrets().contains(SecretSpec.SPARK_PROPERTIES))
                .containsExactly(plan.edge());
        assertThat(plan.edge().environment())
                .containsEntry("SPARK_SECRET_DEFAULTS_FILE", "/run/spark-cluster/spark-properties/secret");
        assertThat(plan.edge().sparkConf()).doesNotContainKey(KEY);
    }

    @Test
    void withoutThemNothingIsPlanned() {
        var plan = plan();

        assertThat(plan.edge().environment()).doesNotContainKey("SPARK_SECRET_DEFAULTS_FILE");
        assertThat(plan.edge().sparkConf()).doesNotContainKey("spark.redaction.regex");
        assertThat(plan.secrets()).doesNotContain(SecretSpec.SPARK_PROPERTIES);
    }

    /** As Spark does, under the names of Spark and of Hadoop. */
    @ParameterizedTest
    @ValueSource(strings = {KEY, ACCOUNT, "fs.azure.account.key.lab.example.org", "spark.my.store", "some.Password"})
    void sparkHidesThem(String name) {
        assertThat(hidden()).matches(pattern -> pattern.matcher(name).find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark.app.name", "spark.my.stores", "spark.hadoop.fs.lab.example.org"})
    void sparkHidesNothingElse(String name) {
        assertThat(hidden()).matches(pattern -> !pattern.matcher(name).find());
    }

    private static Pattern hidden() {
        return Pattern.compile(
                plan(KEY, ACCOUNT, "spark.my.store").edge().sparkConf().get("spark.redaction.regex"));
    }

    @ParameterizedTest
    @CsvSource({
        "fs.s3a.secret.key, a Spark property starts with \"spark.\"",
        "'spark.a b', a Spark property starts with \"spark.\" and has no blanks",
        "spark.a=b, a Spark property starts with \"spark.\" and has no blanks",
        "spark.master, this property is derived",
        "spark.redaction.regex, this property is derived",
        "spark.authenticate.secret, this property is derived",
        "spark.ssl.keyPassword, Spark may write it into arguments or variables of processes",
        "spark.executorEnv.TOKEN, Spark may write it into arguments or variables of processes",
        "spark.rpc.token, Spark may write it into arguments or variables of processes",
        "spark.driver.extraJavaOptions, Spark may write it into arguments or variables of processes",
        "spark.my.port, Spark may write it into arguments or variables of processes",
        "spark.sql.catalog.lake.token, it is in sparkConf too. Remove it from one of the two"
    })
    void refuses(String name, String message) {
        var spec = ClusterSpec.builder("dev")
                .sparkConf("spark.sql.catalog.lake.token", "true")
                .secretSparkConf(name)
                .build();

        assertThat(ClusterPlan.problems(spec))
                .singleElement()
                .asString()
                .startsWith("secretSparkConf: " + name)
                .contains(message);
    }

    @Test
    void isRefusedWhereAJobsPropertiesAreShownToOthers() {
        var spec = ClusterSpec.builder("dev")
                .clusterManager(ClusterManager.KUBERNETES)
                .secretSparkConf(KEY)
                .build();

        assertThat(ClusterPlan.problems(spec))
                .singleElement()
                .extracting(Problem::field, Problem::value)
                .containsExactly("secretSparkConf", KEY);
        assertThat(ClusterPlan.problems(spec))
                .asString()
                .contains("with clusterManager kubernetes spark-submit writes");
    }

    private static ClusterPlan plan(String... names) {
        var spec = ClusterSpec.builder("dev");
        List.of(names).forEach(spec::secretSparkConf);
        return ClusterPlan.of(spec.build(), Naming.flat());
    }
}
