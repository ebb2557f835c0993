package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Versions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed lists are what their script writes: complete, and with types that their own defaults have. */
class SparkPropertyCatalogTest {

    static List<SparkRelease> releases() {
        return CompatibilityMatrix.releases();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyDefaultHasTheTypeOfItsProperty(SparkRelease release) {
        var catalog = SparkPropertyCatalog.of(release);

        assertThat(catalog.defaults()).hasSizeGreaterThan(700).allSatisfy((name, value) -> assertThat(
                        catalog.type(name).orElseThrow())
                .as(name)
                .matches(type -> type.accepts(value), "takes " + value));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void knowsEveryPropertyThatIsPlanned(SparkRelease release) {
        var spec = ClusterSpec.builder("dev")
                .versions(Versions.DEFAULT.withSpark(release.version()))
                .build();
        var catalog = SparkPropertyCatalog.of(release);

        assertThat(ManagerRules.of(spec).ofEveryRole(spec, release))
                .allSatisfy(role -> assertThat(role.values()).allSatisfy((name, value) -> {
                    // Names of variables are open: no release knows them.
                    if (!name.equals("spark.master") && !name.startsWith("spark.executorEnv.")) {
                        assertThat(catalog.type(name)).as(name).isPresent();
                        assertThat(catalog.type(name).orElseThrow().accepts(value))
                                .as(name + "=" + value)
                                .isTrue();
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void allKindsOfTypesAreThereInNumbers(SparkRelease release) {
        var counts = SparkPropertyCatalog.of(release).types().values().stream()
                .collect(Collectors.groupingBy(type -> type.getClass().getSimpleName(), Collectors.counting()));

        assertThat(counts)
                .hasEntrySatisfying("Flag", count -> assertThat(count).isGreaterThan(400))
                .hasEntrySatisfying("Numeric", count -> assertThat(count).isGreaterThan(200))
                .hasEntrySatisfying("Quantity", count -> assertThat(count).isGreaterThan(120))
                .hasEntrySatisfying("Word", count -> assertThat(count).isGreaterThan(30))
                .hasEntrySatisfying("Removed", count -> assertThat(count).isGreaterThan(5))
                .hasEntrySatisfying("Text", count -> assertThat(count).isLessThan(500));
    }

    @ParameterizedTest
    @CsvSource({
        "spark.dynamicAllocation.enabled, true or false",
        "spark.sql.shuffle.partitions, 'a whole number, at least 1'",
        "spark.cores.max, a whole number",
        "spark.memory.storageFraction, 'a number, at least 0, at most 1'",
        "spark.sql.autoBroadcastJoinThreshold, 'a size, a whole number'",
        "spark.network.timeout, 'a time, a whole number'",
        "spark.sql.storeAssignmentPolicy, 'one of ANSI, LEGACY, STRICT'",
        "spark.app.name, any text",
        "spark.sql.warehouse.dir, any text"
    })
    void everyReleaseKnowsTheTypeOf(String name, String rule) {
        assertThat(releases()).allSatisfy(release -> assertThat(SparkPropertyCatalog.of(release)
                        .type(name)
                        .orElseThrow()
                        .rule())
                .isEqualTo(rule));
    }

    @Test
    void releasesDiffer() {
        var old = SparkPropertyCatalog.of(CompatibilityMatrix.release("3.5.9").orElseThrow());
        var current =
                SparkPropertyCatalog.of(CompatibilityMatrix.release("4.2.1").orElseThrow());

        assertThat(old.type("spark.api.mode")).isEmpty();
        assertThat(current.type("spark.api.mode")).isPresent();
    }

    @Test
    void findsTheNameThatWasMeant() {
        var catalog =
                SparkPropertyCatalog.of(CompatibilityMatrix.release("4.2.1").orElseThrow());

        assertThat(catalog.nearest("spark.sql.shufle.partitions", List.of())).contains("spark.sql.shuffle.partitions");
        assertThat(catalog.nearest("spark.sql.Shuffle.partitions", List.of())).contains("spark.sql.shuffle.partitions");
        assertThat(catalog.nearest("spark.mster", List.of("spark.master"))).contains("spark.master");
        assertThat(catalog.nearest("spark.shuffle.partitions", List.of())).isEmpty();
    }
}
