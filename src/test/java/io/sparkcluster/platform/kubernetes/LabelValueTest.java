package io.sparkcluster.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LabelValueTest {

    /** The API server's own rule. */
    private static final Pattern VALID = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    @Property
    void everyTextBecomesAValueThatTheApiServerTakes(@ForAll("texts") String text) {
        assertThat(LabelValue.of(text)).matches(VALID).hasSizeLessThanOrEqualTo(LabelValue.LONGEST);
    }

    @Property
    void twoTextsNeverShareAValue(@ForAll("texts") String one, @ForAll("texts") String other) {
        Assume.that(!one.equals(other));

        assertThat(LabelValue.of(one)).isNotEqualTo(LabelValue.of(other));
    }

    @Property
    void aTextThatFitsStaysAsItIs(@ForAll("fitting") String text) {
        assertThat(LabelValue.of(text)).isEqualTo(text);
    }

    @Example
    void aLongTextKeepsItsStart() {
        assertThat(LabelValue.of("spark-" + "x".repeat(80)))
                .startsWith("spark-xxx")
                .hasSize(LabelValue.LONGEST);
    }

    @Example
    void nothingIsLeftOfSignsButAHash() {
        assertThat(LabelValue.of("---")).matches("[0-9a-f]{12}");
        assertThat(LabelValue.of("")).isEmpty();
    }

    @Provide
    Arbitrary<String> texts() {
        // Many that differ only behind the place where they are cut, or in a sign that no value may have.
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(100),
                Arbitraries.strings().withChars("ab/.-_ ").ofMaxLength(5),
                Arbitraries.strings().withChars("ab").ofLength(3).map(end -> "spark".repeat(13) + end));
    }

    @Provide
    Arbitrary<String> fitting() {
        return Arbitraries.strings().withChars("abcXYZ019").ofMaxLength(30).flatMap(start -> Arbitraries.strings()
                .withChars("abc9")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(end -> start.isEmpty() ? end : start + "-._" + end));
    }
}
