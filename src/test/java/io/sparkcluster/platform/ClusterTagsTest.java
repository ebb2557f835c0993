package io.sparkcluster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterTagsTest {

    private static final Map<String, String> TAGS = Map.of("context", "of-the-first", "context.1a18d", "of-lab");

    @Test
    void theFirstClusterOfAStackHasThePlainNames() {
        assertThat(tags(Optional.of("spark-dev"), "spark-dev").get("context")).contains("of-the-first");
    }

    @Test
    void aStackThatNotedNoClusterYetHasThemToo() {
        assertThat(tags(Optional.empty(), "spark-dev").get("context")).contains("of-the-first");
    }

    @Test
    void anotherClusterOfTheStackHasNamesOfItsOwn() {
        assertThat(tags(Optional.of("spark-dev"), "lab").get("context")).contains("of-lab");
        assertThat(tags(Optional.of("spark-dev"), "office").get("context")).isEmpty();
    }

    private static ClusterTags tags(Optional<String> first, String cluster) {
        return new ClusterTags(new Ownership(TestOwners.MINE.owner(), first, TAGS), cluster);
    }
}
