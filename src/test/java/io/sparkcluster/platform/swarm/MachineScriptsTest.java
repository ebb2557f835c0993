package io.sparkcluster.platform.swarm;

import static io.sparkcluster.platform.swarm.MachineFolder.MINE;
import static io.sparkcluster.platform.swarm.MachineFolder.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sparkcluster.platform.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts do to a machine and to what belongs to somebody else on it. */
class MachineScriptsTest {

    private static final Map<String, String> VOLUME =
            Map.of("VOLUME", "lab-workspace", "OPTIONS", "(--label io.sparkcluster.owner=mine0000)");
    private static final Map<String, String> JOIN =
            Map.of("ADDRESS", "192.0.2.2", "MANAGER", "192.0.2.1", "TOKEN", "SWMTKN-1");

    private MachineFolder machine;

    @BeforeEach
    void makeMachine(@TempDir Path folder) {
        machine = new MachineFolder(folder);
        machine.write("engine");
    }

    @Test
    void aSwarmIsStartedOnceAndLeftByItsOwnerOnly() {
        assertThat(swarm("init").output()).isEqualTo("token\n");
        assertThat(swarm("init").code()).isZero();
        assertThat(machine.lines("log"))
                .filteredOn(line -> line.contains("swarm init"))
                .hasSize(1);
        assertThat(machine.lines("var/lib/sparkcluster/lab/swarm")).containsExactly("node-1");

        var theirs = machine.run(OTHER, "swarm", "leave", Map.of());
        assertThat(theirs.error()).contains("the Swarm stays", "which belongs to me on laptop");
        assertThat(machine.has("node")).isTrue();

        assertThat(swarm("leave").code()).isZero();
        assertThat(machine.has("node")).isFalse();
        assertThat(machine.has("var/lib/sparkcluster")).isFalse();
    }

    @Test
    void theSwarmThatAnAdministratorMadeSinceIsNotLeft() {
        swarm("init");
        machine.write("node", "of-an-administrator");

        assertThat(swarm("leave").error()).contains("the machine stays in its Swarm");

        assertThat(machine.lines("node")).containsExactly("of-an-administrator");
    }

    /** A Docker engine that leaves a Swarm may go on listening for it, and is deaf in its next one. */
    @Test
    void anEngineThatKeptThePortOfASwarmThatItLeftIsRestartedBeforeItsNextOne() {
        keepsListening();

        assertThat(swarm("init").error()).contains("restarting it, as there is no container on it");

        assertThat(machine.lines("log")).containsSubsequence("service docker restart", "docker version");
        assertThat(machine.lines("node")).containsExactly("node-1");

        keepsListening();
        assertThat(swarm("leave").code()).isZero();
        assertThat(machine.lines("log"))
                .filteredOn(line -> line.equals("service docker restart"))
                .hasSize(2);
        assertThat(machine.has("var/lib/sparkcluster")).isFalse();
    }

    @Test
    void anEngineWithContainersIsNotRestarted() {
        swarm("init");
        keepsListening();
        machine.write("containers", "of-an-administrator");

        var left = swarm("leave");
        var again = swarm("init");

        assertThat(left.code()).isZero();
        assertThat(left.error()).contains("port 7946", "with which its containers would end");
        assertThat(again.code()).isNotZero();
        assertThat(again.error()).contains("port 7946 of this machine is in use", "systemctl restart docker");
        assertThat(machine.has("node")).isFalse();
        assertThat(machine.lines("log")).doesNotContain("service docker restart");
    }

    @Test
    void aPortThatStaysInUseIsRefused() {
        keepsListening();
        machine.write("stubborn");

        assertThat(swarm("join").error()).contains("by another program");
    }

    /** Listens on port 7946, by the words of the kernel; a connection from there is none of it. */
    private void keepsListening() {
        machine.write(
                "proc/net/tcp",
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "   0: 0100007F:1F0A 0100007F:A1B2 01 00000000:00000000 00:00000000 00000000     0        0 11 1");
        machine.write(
                "proc/net/tcp6",
                "   0: 00000000000000000000000000000000:1F0A 00000000000000000000000000000000:0000 0A 00000000:00000000"
                        + " 00:00000000 00000000     0        0 12 1");
    }

    @ParameterizedTest
    @CsvSource({"init", "join"})
    void aSecondClusterIsRefusedWithTheNameOfTheFirst(String verb) {
        swarm("init");

        var second = machine.run("second", OTHER, "swarm", verb, JOIN);
        var clone = machine.run("lab", OTHER, "swarm", verb, JOIN);

        assertThat(second.code()).isNotZero();
        assertThat(second.error())
                .contains(
                        "in the Swarm of the cluster \"lab\", which belongs to me on laptop, stack dev. Name another");
        assertThat(clone.code()).isNotZero();
        assertThat(clone.error())
                .contains("the cluster \"lab\", which belongs to me on laptop, stack dev")
                .contains("Choose another name for this cluster, for example lab-2");
        assertThat(machine.lines("log"))
                .filteredOn(line -> line.contains("swarm init"))
                .hasSize(1);
    }

    @Test
    void aSwarmThatNobodyNotedIsNotUsed() {
        machine.write("node", "of-an-administrator");

        assertThat(swarm("init").error()).contains("in a Swarm that me on laptop, stack dev did not make");
    }

    @Test
    void notesOfAnEarlierReleaseAreTakenOverOnlyWhereThatIsSaid() {
        machine.write("node", "node-7");
        machine.note("lab", "swarm", "");
        machine.write("volumes/lab-workspace", "then");

        assertThat(swarm("init").error()).contains("which an earlier release made without noting an owner");
        assertThat(machine.run(MINE, "volume", "remove", VOLUME).error()).contains("stays: it notes no owner");

        assertThat(machine.run(MINE, "adopt", "adopt", Map.of("VOLUMES", "(lab-workspace)"))
                        .code())
                .isZero();

        assertThat(swarm("init").output()).isEqualTo("token\n");
        assertThat(machine.lines("var/lib/sparkcluster/lab/swarm")).containsExactly("node-7");
        assertThat(machine.run(MINE, "volume", "create", VOLUME).code()).isZero();
        assertThat(machine.run(OTHER, "volume", "create", VOLUME).error()).contains("belongs to me on laptop");
        assertThat(machine.run(MINE, "volume", "remove", VOLUME).code()).isZero();
        assertThat(machine.has("volumes/lab-workspace")).isFalse();
        assertThat(machine.has("var/lib/sparkcluster/.volumes")).isFalse();
    }

    @Test
    void aNoteIsAboutTheVolumeThatWasThereThen() {
        machine.write("volumes/lab-workspace", "then");
        machine.run(MINE, "adopt", "adopt", Map.of("VOLUMES", "(lab-workspace)"));
        machine.write("volumes/lab-workspace", "later");

        assertThat(machine.run(MINE, "volume", "remove", VOLUME).error()).contains("stays");
    }

    @Test
    void aVolumeOfSomebodyElseIsNeitherUsedNorRemoved() {
        machine.write("volumes/lab-workspace", "then", "other000", "bob on tower");

        var created = machine.run(MINE, "volume", "create", VOLUME);
        var removed = machine.run(MINE, "volume", "remove", VOLUME);

        assertThat(created.code()).isNotZero();
        assertThat(created.error())
                .contains("this machine has a volume lab-workspace already, which belongs to bob on tower");
        assertThat(removed.code()).isZero();
        assertThat(removed.error()).contains("the volume lab-workspace stays: it belongs to bob on tower");
        assertThat(machine.has("volumes/lab-workspace")).isTrue();
    }

    /** Docker 29 answers to 1.44 and later only, Docker 20.10 to 1.41 and earlier. */
    @ParameterizedTest
    @CsvSource({"1.12, 1.41, 1.41", "1.44, 1.52, 1.44", "1.24, 1.47, 1.41"})
    void theEngineIsAskedInAVersionThatItSpeaks(String oldest, String newest, String expected) throws IOException {
        var paths = new CopyOnWriteArrayList<String>();
        var bodies = new CopyOnWriteArrayList<String>();
        var engine = engine(oldest, newest, paths, bodies);
        try {
            machine.api(engine.getAddress().getPort());
            var joined = machine.run(MINE, "swarm", "join", JOIN);

            // The stand-in's Swarm is joined by nobody: what counts is what the engine was asked.
            assertThat(paths).containsExactly("/version", "/v" + expected + "/swarm/join");
            assertThat(bodies).last().asString().contains("\"JoinToken\":\"SWMTKN-1\"");
            assertThat(joined.code()).as(joined.error()).isZero();
        } finally {
            engine.stop(0);
        }
    }

    private HttpServer engine(String oldest, String newest, List<String> paths, List<String> bodies)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            paths.add(path);
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int minor = path.startsWith("/v1.") ? Integer.parseInt(path.split("[./]", -1)[2]) : 0;
            boolean spoken = path.equals("/version") || (minor >= minor(oldest) && minor <= minor(newest));
            String answer = path.equals("/version")
                    ? "{\"Version\":\"29.0.1\",\"ApiVersion\":\"" + newest + "\",\"MinAPIVersion\":\"" + oldest + "\"}"
                    : spoken ? "" : "{\"message\":\"client version is too old. Minimum supported is " + oldest + "\"}";
            if (spoken && !path.equals("/version")) {
                machine.write("node", "node-2");
            }
            exchange.sendResponseHeaders(spoken ? 200 : 400, answer.isEmpty() ? -1 : answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int minor(String version) {
        return Integer.parseInt(version.substring(2));
    }

    private Processes.Result swarm(String verb) {
        return machine.run(MINE, "swarm", verb, JOIN);
    }
}
