package io.sparkcluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidClusterExceptionTest {

    @Test
    void showsLinesToTypeOnceWhereTheySolveSeveralProblems() {
        String lines = "To have a cluster beside it:\n      pulumi config set name dev-2";
        var problems = List.of(
                new Problem("name", "dev", "it is bob's", lines),
                new Problem("edge.port", "8888", "bob publishes it", lines),
                new Problem("workers.count", "0", "it is below 1", "Give 1 or more"));

        assertThat(new InvalidClusterException("stack \"dev\"", problems)).hasMessage("""
                3 problems in stack "dev":
                  - name: dev is refused: it is bob's. To have a cluster beside it:
                      pulumi config set name dev-2
                  - edge.port: 8888 is refused: bob publishes it. The lines above help here too.
                  - workers.count: 0 is refused: it is below 1. Give 1 or more.""");
    }
}
