package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyValidatorTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.example.org:3128", "https://proxy", "http://10.0.0.7:8080/"})
    void addressesOfProxiesPass(String address) {
        assertThat(ProxyValidator.validate(ProxySpec.of(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.org:3128",
                "socks5://proxy:1080",
                "http://proxy:3128/path",
                "http://",
                "http://pro xy"
            })
    void anythingElseIsRefusedWithAnExample(String address) {
        assertThat(ProxyValidator.validate(ProxySpec.of(address)))
                .extracting(Problem::toString)
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains(address, "Write it as http://proxy.example.org:3128"));
    }

    @Test
    void aLoginIsRefusedAndNotRepeated() {
        assertThat(ProxyValidator.validate(ProxySpec.of("http://me:hush@proxy:3128")))
                .extracting(Problem::toString)
                .allSatisfy(text -> assertThat(text)
                        .startsWith("proxy.http")
                        .contains("login")
                        .doesNotContain("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3128", "http://127.0.0.1:3128"})
    void theNodeItselfIsNoProxy(String address) {
        assertThat(ProxyValidator.validate(ProxySpec.of(address)))
                .extracting(Problem::toString)
                .allSatisfy(text -> assertThat(text).contains("the node itself"));
    }

    @Test
    void hostsThatAreReachedDirectlyNeedAProxyAndOneForm() {
        var alone = ProxySpec.builder().direct(".example.org,10.0.0.0/8").build();
        var blanks = ProxySpec.builder().http("http://proxy:1").direct("a, b").build();

        assertThat(ProxyValidator.validate(alone)).extracting(Problem::field).containsExactly("proxy.direct");
        assertThat(ProxyValidator.validate(blanks)).extracting(Problem::field).containsExactly("proxy.direct");
        assertThat(ProxyValidator.validate(ProxySpec.builder()
                        .http("http://proxy:1")
                        .direct(".example.org,10.0.0.0/8")
                        .build()))
                .isEmpty();
    }
}
