package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the packages to the rules of a {@link House}, and the rules to a house that breaks each of them. */
class ArchitectureTest {

    private static final House HOUSE = new House("io.sparkcluster");
    private static final House WRONG_HOUSE = new House("io.sparkcluster.wronghouse");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE.root());
    private static final JavaClasses WRONG_CLASSES = new ClassFileImporter().importPackages(WRONG_HOUSE.root());

    static Set<String> rules() {
        return HOUSE.rules().keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(String rule) {
        Objects.requireNonNull(HOUSE.rules().get(rule)).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void bites(String rule) {
        var result = Objects.requireNonNull(WRONG_HOUSE.rules().get(rule)).evaluate(WRONG_CLASSES);

        assertThat(result.hasViolation()).as(rule).isTrue();
    }

    @Test
    void everyExceptionIsNeeded() {
        assertThat(CLASSES.that(new Growth(HOUSE.root()).isException()))
                .hasSameSizeAs(Growth.EXCEPTIONS)
                .allMatch(Growth::needsException);
    }

    @Test
    void testsAreNotLookedAt() {
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
        assertThat(CLASSES.contain(SparkCluster.class)).isTrue();
    }
}
