package io.sparkcluster.platform.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ssh} says, as a problem of one of the host's keys. */
class SshFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssh: connect to host 192.0.2.2 port 22: Connection timed out | .host: 192.0.2.2 | no SSH server answers",
                "ssh: connect to host 192.0.2.2 port 22: Connection refused | .host: 192.0.2.2 | no SSH server answers",
                "admin@192.0.2.2: Permission denied (publickey). | .user: admin@192.0.2.2 | with none of the keys",
                "Host key verification failed. | .hostKey: 192.0.2.2 | another host key answers there",
                "ssh: Could not resolve hostname two: Name or service not known | .host: 192.0.2.2 | no such host",
            })
    void whatSshSaysIsTold(String said, String field, String rule) {
        var host = new SshHost("two", SshLogin.of("admin", "192.0.2.2"), false);

        assertThat(SshFailure.of("hosts.two", host, said).toString()).contains("hosts.two" + field, rule);
    }
}
