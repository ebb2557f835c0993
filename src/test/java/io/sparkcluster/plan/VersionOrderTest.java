package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

    @ParameterizedTest
    @CsvSource({
        "19.03.8, 20.10, true",
        "18.06.1~ce, 20.10, true",
        "20.9.1, 20.10, true",
        "20.10.24+dfsg1, 20.10, false",
        "20.10.0, 20.10, false",
        "29.1.0, 20.10, false",
        "3.4.4, 4, true",
        "4.3.1, 4, false",
        "10.0, 4, false",
        "dev, 20.10, false",
        "'', 20.10, false",
    })
    void comparesNumbersAndNotTexts(String version, String least, boolean older) {
        assertThat(VersionOrder.isOlder(version, least)).isEqualTo(older);
    }
}
