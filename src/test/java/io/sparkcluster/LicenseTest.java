package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed into the jar has the license and the notice of the project. */
class LicenseTest {

    @ParameterizedTest
    @ValueSource(strings = {"LICENSE", "NOTICE"})
    void travelsInTheJar(String file) throws URISyntaxException {
        Path packed = classes().resolve("META-INF").resolve(file);

        if (Files.exists(Path.of(file))) {
            assertThat(packed).hasSameBinaryContentAs(Path.of(file));
        } else {
            assertThat(packed).doesNotExist();
        }
    }

    @Test
    void isApaches() throws URISyntaxException {
        assertThat(classes().resolve("META-INF/LICENSE")).content().contains("Apache License", "Version 2.0");
        assertThat(Path.of("pom.xml")).content().contains("<name>Apache-2.0</name>");
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(SparkCluster.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
