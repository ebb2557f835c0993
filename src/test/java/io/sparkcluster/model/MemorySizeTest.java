package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {

    @ParameterizedTest
    @CsvSource({"512m,512", "2g,2048", "2G,2048", "1GiB,1024", "1536 MB,1536"})
    void readsTheNotationOfSparkAndTheJvm(String text, long mebibytes) {
        assertThat(MemorySize.parse(text)).isEqualTo(MemorySize.mebibytes(mebibytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2k", "g", "-1g", "1.5g", "2 giga", "99999999999g", "0m"})
    void refusesWhatCouldMeanSomethingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MemorySize.parse(text));
    }

    @Test
    void printsTheShorterNotation() {
        assertThat(MemorySize.mebibytes(2048)).hasToString("2g");
        assertThat(MemorySize.mebibytes(1536)).hasToString("1536m");
    }

    @Property
    void whatSparkIsToldReadsBackAsTheSameSize(@ForAll @LongRange(min = 1, max = 10_000_000) long mebibytes) {
        var size = MemorySize.mebibytes(mebibytes);
        assertThat(MemorySize.parse(size.spark())).isEqualTo(size);
        assertThat(MemorySize.parse(size.toString())).isEqualTo(size);
    }

    @Property
    void partsNeverExceedTheWhole(
            @ForAll @LongRange(min = 100, max = 10_000_000) long mebibytes,
            @ForAll @IntRange(min = 1, max = 16) int parts) {
        var size = MemorySize.mebibytes(mebibytes);
        assertThat(size.dividedBy(parts).mebibytes() * parts).isLessThanOrEqualTo(mebibytes);
    }
}
