package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkPropertyTypeTest {

    @ParameterizedTest
    @CsvSource({
        "boolean, true",
        "boolean, FALSE",
        "boolean, ' true '",
        "int, 7",
        "int, -1",
        "int, +5",
        "int>=0, 0",
        "int>=1, 1",
        "long, 3000000000",
        "double, 0.5",
        "double, 1e-3",
        "double>0<=1, 1",
        "double>=0<=1, 0",
        "size.b, 10",
        "size.b, 10b",
        "size.m, 512m",
        "size.m, 2G",
        "size.b, 1kb",
        "size.b, -1",
        "size.m>=1, 1024k",
        "size.b, 3tb",
        "Size.m, 2gib",
        "Size.b, 1pib",
        "Size.k, 3tb",
        "time.s, 10",
        "time.ms, 90s",
        "time.ms, 10min",
        "time.s, 1H",
        "time.ms, -1ms",
        "time.ns, 5",
        "time.s>=1, 1000ms",
        "time.ms, 3d"
    })
    void takesWhatSparkTakes(String type, String value) {
        assertThat(type(type).accepts(value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, maybe",
        "boolean, 1",
        "boolean, yes",
        "boolean, ''",
        "int, x",
        "int, 1.5",
        "int, 3000000000",
        "int, 1k",
        "int, ''",
        "int>=0, -1",
        "int>=1, 0",
        "long, 99999999999999999999",
        "double, half",
        "double>0<=1, 0",
        "double>0<=1, 1.5",
        "double>=0<=1, -0.1",
        "size.b, 1.5g",
        "size.b, 10x",
        "size.b, 10 m",
        "size.m, 2gib",
        "size.m>=1, 1023k",
        "size.m>=1, 0",
        "size.b, g",
        "size.b, 99999999999p",
        "time.s, 1.5h",
        "time.s, soon",
        "time.s, 1w",
        "time.ns, 5ns",
        "time.s>=1, 999ms",
        "time.ms>=0, -1"
    })
    void refusesWhatSparkRefuses(String type, String value) {
        assertThat(type(type).accepts(value)).isFalse();
    }

    @Test
    void wordsMayDependOnUpperAndLowerCase() {
        assertThat(SparkPropertyType.parse("word", "FAIR|FIFO").accepts("fair")).isTrue();
        assertThat(SparkPropertyType.parse("Word", "hive|in-memory").accepts("Hive"))
                .isFalse();
        assertThat(SparkPropertyType.parse("Word", "hive|in-memory").remedy("hivee"))
                .contains("hive");
    }

    @Test
    void nothingIsRightForAPropertyThatIsGone() {
        assertThat(SparkPropertyType.parse("removed", "4.0.0").accepts("true")).isFalse();
        assertThat(SparkPropertyType.parse("removed", "4.0.0").rule()).contains("Spark 4.0.0");
    }

    @Test
    void refusesTypesThatItDoesNotKnow() {
        assertThatThrownBy(() -> type("float")).hasMessageContaining("float");
        assertThatThrownBy(() -> type("int<0")).hasMessageContaining("int<0");
    }

    @Property
    void boundsHold(@ForAll @IntRange(min = -1000, max = 1000) int value) {
        assertThat(type("int>=1").accepts(Integer.toString(value))).isEqualTo(value >= 1);
        assertThat(type("size.k>=1").accepts(value + "b")).isEqualTo(value >= 1024);
        assertThat(type("time.s>=1").accepts(value + "ms")).isEqualTo(value >= 1000);
    }

    @Property
    void aUnitCountsWhatItSays(@ForAll @LongRange(min = 0, max = 1 << 20) long number) {
        var size = (SparkPropertyType.Quantity) type("size.m");
        var time = (SparkPropertyType.Quantity) type("time.ms");

        assertThat(size.read(number + "g", 1L << 20)).contains(number * 1024);
        assertThat(size.read(Long.toString(number), 1L << 20)).contains(number);
        assertThat(size.read(number + "k", 1L << 20)).contains(number / 1024);
        assertThat(time.read(number + "min", 1_000_000_000L)).contains(number * 60);
        assertThat(time.read(number + "m", 1_000_000_000L)).contains(number * 60);
        assertThat(time.read(Long.toString(number), 1_000_000L)).contains(number);
    }

    private static SparkPropertyType type(String type) {
        return SparkPropertyType.parse(type, "");
    }
}
