package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityMatrixTest {

    @Test
    void everyReleaseIsKnownByItsVersion() {
        assertThat(CompatibilityMatrix.releases())
                .allSatisfy(release ->
                        assertThat(CompatibilityMatrix.check(release.version())).isEmpty());
    }

    @Test
    void everyReleaseHasAChecksum() {
        assertThat(CompatibilityMatrix.releases())
                .allSatisfy(release -> assertThat(release.sha256()).matches("[0-9a-f]{64}"))
                .extracting(SparkRelease::sha256)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"4.2.0,4.2.1", "4.1,4.1.4", "3.5.1,3.5.9", "4.3,4.3.0", "4.9.9,4.3.0", "5.0.0,4.3.0", "latest,4.3.0"})
    void namesTheNearestRelease(String asked, String nearest) {
        assertThat(CompatibilityMatrix.check(asked))
                .singleElement()
                .extracting(Problem::field, Problem::remedy)
                .containsExactly("versions.spark", "Use " + nearest);
    }
}
