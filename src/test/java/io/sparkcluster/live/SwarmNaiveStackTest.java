package io.sparkcluster.live;

import static io.sparkcluster.live.TestMachines.ALPHA;
import static io.sparkcluster.live.TestMachines.BETA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the services that people write first, on the machines and with the images of a cluster of ours. */
@Tag("live")
@Tag("swarm")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwarmNaiveStackTest {

    private static final Duration NOTICED = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private LiveStack stack;

    @BeforeAll
    void up() {
        stack = LiveStack.create("beside", folder);
        stack.configure(TestMachines.stack());
        stack.unset("swarm.machines.gamma");
        stack.configure(Map.of("workers.count", "1", "smokeTest", "false"));
        stack.up();
    }

    @AfterAll
    void takeAway() {
        stack.close();
        TestMachines.sh(ALPHA, "find " + TestMachines.SHARE + " -mindepth 1 -delete")
                .orFail();
    }

    /**
     * What is wrong with the stack that people try first, on any machine: a service's name leads to an address that is on no interface of its
     * task. Binding asks for an interface; whether the kernel can translate that address for connections (IPVS) has no part in it.
     */
    @Test
    void aMasterCannotListenOnItsServicesName() throws IOException {
        try (var naive = naive("naive-bound.yaml")) {
            Shell.await("the master says why it ends", NOTICED, () -> naive.logs("master")
                    .contains("Cannot assign requested address"));

            assertThat(naive.logs("master")).doesNotContain("I have been elected leader");
        }
    }

    /** The same stack with a master that listens on its own address fails for what the machines lack, and only where they lack it. */
    @Test
    void aServicesVirtualAddressLeadsToItsTaskOnlyWhereTheKernelTranslatesIt() throws IOException {
        boolean translates =
                TestMachines.on(ALPHA, "test", "-e", "/proc/net/ip_vs").code() == 0;
        try (var naive = naive("naive.yaml")) {
            Shell.await(
                    "the master answers at its task's own address", NOTICED, () -> naive.reachesMaster("tasks.master"));

            assertThat(naive.address("'master'")).isNotEqualTo(naive.address("'tasks.master'"));
            assertThat(naive.reachesMaster("master"))
                    .as("the machines' kernel has IPVS: " + translates)
                    .isEqualTo(translates);
            if (!translates) {
                System.out.println(
                        "the test machines' kernel has no IPVS, so that no worker of a naive stack reaches its master here;"
                                + " what such a worker does elsewhere is not tested");
                Shell.await("the worker does not reach its master", NOTICED, () -> naive.logs("worker")
                        .contains("Failed to connect to"));
                assertThat(naive.logs("master"))
                        .contains("I have been elected leader")
                        .doesNotContain("Registering worker");
            }
        }
    }

    @Test
    void theNaiveServicesWorkWithOurSettings() throws IOException {
        try (var mended = naive("naive-mended.yaml")) {
            Shell.await(
                    "the worker registers", NOTICED, () -> mended.logs("master").contains("Registering worker"));

            assertThat(mended.address("'master'")).isEqualTo(mended.address("socket.gethostname()"));
        }
    }

    private NaiveStack naive(String file) throws IOException {
        return NaiveStack.deploy(
                file, TestMachines.image(ALPHA, stack.node("master")), TestMachines.image(BETA, stack.node("worker")));
    }
}
