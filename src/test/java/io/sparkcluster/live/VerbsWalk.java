package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user types from a fresh clone, with one of the stack files under another name. {@link DockerWalkTest} does more of it for Docker.
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><th>step</th><th>must hold</th></tr>
 * <tr><td>{@code make up}</td><td>says where everything is</td></tr>
 * <tr><td>{@code make up} again</td><td>makes, changes and removes nothing</td></tr>
 * <tr><td>{@code make info}</td><td>says the same, and never the token</td></tr>
 * <tr><td>{@code make -s token}</td><td>prints the token and nothing else</td></tr>
 * <tr><td>{@code make submit}</td><td>runs the example</td></tr>
 * <tr><td>{@code make down}</td><td>leaves the workspace only</td></tr>
 * <tr><td>{@code make purge}</td><td>leaves nothing</td></tr>
 * </table>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class VerbsWalk {

    @TempDir
    private static Path folder;

    private final String committed;
    private final String stack;
    private FreshClone clone;

    /**
     * A walk.
     *
     * @param committed the stack whose file is used
     * @param stack the name that it gets
     */
    VerbsWalk(String committed, String stack) {
        this.committed = committed;
        this.stack = stack;
    }

    /** Everything of that cluster on its platform, the workspace too. */
    abstract List<String> remains(String cluster);

    /** The workspace, as {@link #remains} names it. */
    abstract List<String> workspace(String cluster);

    @BeforeAll
    void cloneRepository() throws IOException {
        clone = FreshClone.of(folder, committed, stack);
        assertThat(remains(clone.cluster()))
                .as("the platform has a cluster of this name already")
                .isEmpty();
    }

    @AfterAll
    void leaveNothing() {
        if (!remains(clone.cluster()).isEmpty()) {
            clone.leaveNothing();
        }
    }

    @Test
    @Order(1)
    void upSaysWhereEverythingIs() {
        assertThat(clone.make("up").orFail().text())
                .contains(clone.lab(), "of stack " + stack, "make -s token STACK=" + stack);
    }

    @Test
    @Order(2)
    void aSecondUpChangesNothing() {
        assertThat(clone.make("up").orFail().text())
                .containsPattern("\\d+ unchanged")
                .doesNotContainPattern("\\d+ (created|updated|replaced|deleted)");
    }

    @Test
    @Order(3)
    void theTokenIsPrintedAloneAndNowhereElse() {
        String token = clone.token();

        assertThat(token).matches("[\\w-]{40,}");
        assertThat(clone.make("info").orFail().text()).contains(clone.lab()).doesNotContain(token);
    }

    @Test
    @Order(4)
    void submitsAJob() {
        assertThat(clone.make("submit", "FILE=examples/jobs/pi.py", "ARGS=2")
                        .orFail()
                        .text())
                .contains("Pi is roughly 3.1");
    }

    @Test
    @Order(5)
    void downKeepsTheWorkspaceAndPurgeTakesEverything() {
        clone.make("down").orFail();
        assertThat(clone.make("info").text()).contains("stack " + stack + " is not up");
        assertThat(remains(clone.cluster())).isEqualTo(workspace(clone.cluster()));

        // Images that another cluster of this machine runs stay, and are named.
        assertThat(clone.make("purge").orFail().text())
                .containsPattern("nothing (else )?of stack " + stack + " is left");

        assertThat(remains(clone.cluster())).isEmpty();
    }
}
