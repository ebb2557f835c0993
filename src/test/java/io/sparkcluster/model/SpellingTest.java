package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> KEYS = List.of("workers.count", "workers.cores", "edge.port", "name");

    @Test
    void findsTheKeyThatWasMeant() {
        assertThat(Spelling.nearest("worker.count", KEYS)).contains("workers.count");
        assertThat(Spelling.nearest("workers.Cores", KEYS)).contains("workers.cores");
    }

    @Test
    void suggestsNothingForAnotherWord() {
        assertThat(Spelling.nearest("kubernetes.namespace", KEYS)).isEmpty();
    }

    @Test
    void keepsToTheNumberOfLettersThatItIsGiven() {
        assertThat(Spelling.nearest("edg.prt", KEYS, 2)).contains("edge.port");
        assertThat(Spelling.nearest("dg.prt", KEYS, 2)).isEmpty();
    }

    @Property
    void distanceIsSymmetricAndZeroOnlyForTheSameWord(
            @ForAll @AlphaChars @StringLength(max = 12) String left,
            @ForAll @AlphaChars @StringLength(max = 12) String right) {
        assertThat(Spelling.distance(left, right)).isEqualTo(Spelling.distance(right, left));
        assertThat(Spelling.distance(left, right) == 0).isEqualTo(left.equalsIgnoreCase(right));
    }
}
