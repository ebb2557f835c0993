package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildRepetitionTest {

    @Test
    void keepsValuesOutOfTheCommandLine() {
        assertThat(BuildRepetition.text(
                        Path.of("build/it's"), Map.of("PIP_INDEX_URL", "https://me:pa'ss@index/", "BASE", "debian:12")))
                .isEqualTo("""
                        export BASE='debian:12'
                        export PIP_INDEX_URL='https://me:pa'\\''ss@index/'
                        export DOCKER_BUILDKIT=0
                        exec docker build --force-rm --build-arg BASE --build-arg PIP_INDEX_URL 'build/it'\\''s'
                        """);
    }
}
