package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.program.StackFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The template for machines of a user, and the file that the test bed writes: both are previewed as they stand. */
class SwarmStackFilesTest {

    private static final String SWARM = "spark-cluster:swarm";
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";

    /** For documentation: no machine has an address of these. */
    private static final String INVENTED = "192.0.2.";

    @TempDir
    private Path folder;

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @ParameterizedTest(name = "with what is commented out: {0}")
    @ValueSource(booleans = {false, true})
    void theTemplateIsPreviewed(boolean everything) throws IOException, InterruptedException {
        String text = template();
        var values = StackFile.values(everything ? uncommented(text) : text);
        List<String> hosts = hosts(values);

        Run run = preview(values);

        assertThat(hosts).hasSizeGreaterThan(2).allMatch(host -> host.startsWith(INVENTED));
        assertThat(run.registrations())
                .extracting(Registration::name)
                .contains("spark-machines-head-docker", "spark-machines-one-swarm", "spark-machines-two-swarm")
                .contains("spark-master-node", "spark-edge-node", "spark-workers-service");
        assertThat(run.named("spark-edge-node").texts())
                .containsEntry("/taskSpec/placement/constraints/0", "node.labels.io.sparkcluster.edge==yes");
    }

    /** What a user may write besides is there with its mark of a comment before it. */
    @Test
    void theTemplateNamesWhatAUserMayNeed() throws IOException, InterruptedException {
        String text = template();

        assertThat(uncommented(text).lines().count()).isEqualTo(text.lines().count());
        assertThat(StackFile.values(uncommented(text)).get(SWARM))
                .contains("keyFile", "knownHosts", "jumpHost", "behindJumpHost", "address", "workspace");
        assertThat(StackFile.values(text).get(SWARM)).doesNotContain("keyFile", "jumpHost", "workspace");
    }

    @Test
    void theTestBedsFileIsPreviewed() throws IOException, InterruptedException {
        var bash = new ProcessBuilder(
                "bash", "-c", "source testbed/swarm/lib.sh && source testbed/swarm/stack.sh && stack_text");
        bash.environment()
                .put("SPARK_CLUSTER_SWARM_TESTBED", folder.resolve("it's a bed").toString());
        bash.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process writing = bash.start();
        String text = new String(writing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeThat(System.getProperty("os.name"))
                .as("the test bed needs the bash of Linux")
                .isEqualTo("Linux");

        assertThat(writing.waitFor()).isZero();
        var values = StackFile.values(text);
        assertThat(swarm(values).get("keyFile").getAsString())
                .isEqualTo(folder.resolve("it's a bed").resolve("id_ed25519").toString());
        assertThat(preview(values).registrations())
                .extracting(Registration::name)
                .contains("spark-machines-gamma-docker", "spark-workers-service");
    }

    private static String template() throws IOException, InterruptedException {
        return StackFile.committed(Path.of("stacks", "Pulumi.swarm.yaml"));
    }

    /** Comments that are keys become keys; sentences stay comments. */
    private static String uncommented(String text) {
        return text.replaceAll("(?m)^( +)# ([A-Za-z]+: \\S)", "$1$2");
    }

    /** With existing keys and known hosts, as on the machine of a user who logged in once. */
    private Run preview(Map<String, String> values) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----");
        Path known = Files.writeString(
                folder.resolve("known_hosts"),
                hosts(values).stream().map(host -> host + " " + HOST_KEY + "\n").collect(Collectors.joining()));
        JsonObject swarm = swarm(values);
        if (swarm.has("keyFile")) {
            swarm.addProperty("keyFile", key.toString());
        }
        swarm.addProperty("knownHosts", known.toString());
        var mine = new TreeMap<>(values);
        mine.put(SWARM, swarm.toString());
        return MockedEngine.preview(context -> StackFile.register(context, mine));
    }

    private static JsonObject swarm(Map<String, String> values) {
        return JsonParser.parseString(values.getOrDefault(SWARM, "{}")).getAsJsonObject();
    }

    private static List<String> hosts(Map<String, String> values) {
        var hosts = new ArrayList<String>();
        JsonObject swarm = swarm(values);
        for (JsonElement machine : swarm.getAsJsonObject("machines").asMap().values()) {
            hosts.add(machine.getAsJsonObject().getAsJsonPrimitive("host").getAsString());
        }
        if (swarm.has("jumpHost")) {
            hosts.add(
                    swarm.getAsJsonObject("jumpHost").getAsJsonPrimitive("host").getAsString());
        }
        return hosts;
    }
}
