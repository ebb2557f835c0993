package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of images that its user brings, by way of a real registry; and what the user reads when they are not there or do not fit. */
@Tag("live")
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerRegistryTest {

    @TempDir
    private static Path folder;

    @TempDir
    private static Path context;

    private final Map<String, String> built = new HashMap<>();
    private Optional<TestRegistry> source = Optional.empty();
    private String registry = "";
    private LiveStack stack;

    @BeforeAll
    void startRegistry() throws IOException {
        Files.writeString(context.resolve("file"), "");
        source = Optional.of(TestRegistry.start());
        registry = source.get().address() + "/team";
        stack = LiveStack.create("brought", folder);
        stack.configure(Map.of("workers.count", "1", "workspace.retain", "false"));
        stack.images()
                .forEach((role, inputs) -> built.put(role, inputs.get("name").getAsString()));
        assertThat(built).containsKeys("spark-master", "spark-worker", "jupyterlab");
        if (Shell.docker("image", "inspect", built("jupyterlab")).code() != 0) {
            // Not built yet on this machine.
            stack.configure(Map.of("smokeTest", "false"));
            stack.up();
            stack.destroy();
            stack.configure(Map.of("smokeTest", "true"));
        }
    }

    @AfterAll
    void leaveNothing() {
        Optional.ofNullable(stack).ifPresent(LiveStack::close);
        source.ifPresent(TestRegistry::close);
    }

    @Test
    @Order(1)
    void aMissingReferenceIsNamedBeforeAnythingIsMade() {
        stack.configure(Map.of("images.sparkWorker", registry + "/none:1"));

        assertThat(stack.failingUp())
                .contains("1 problem in the platform of stack")
                .contains("images.sparkWorker: " + registry + "/none:1 is refused")
                .contains("not found")
                .contains("pulumi config rm --path images.sparkWorker");
        assertThat(stack.remains()).isEmpty();
    }

    @Test
    @Order(2)
    void imagesThatDoNotFitAreNamedTogetherBeforeAnythingIsMade() throws IOException {
        stack.configure(Map.of(
                "images.sparkMaster",
                push("scratch", "plain", ""),
                "images.sparkWorker",
                push(
                        "scratch",
                        "older",
                        "LABEL io.sparkcluster.image=spark-worker io.sparkcluster.spark=4.1.4 io.sparkcluster.scala=2.13"),
                "images.jupyterLab",
                push("scratch", "mistaken", "LABEL io.sparkcluster.image=spark-worker")));

        assertThat(stack.failingUp())
                .contains("3 problems in the platform of stack")
                .contains("images.sparkMaster: " + registry + "/plain:1 is refused")
                .contains("its label io.sparkcluster.image is missing")
                .contains("images.sparkWorker: " + registry + "/older:1 is refused")
                .contains(
                        "it holds Spark 4.1.4 for Scala 2.13, and this cluster runs Spark " + Versions.DEFAULT.spark())
                .contains("images.jupyterLab: " + registry + "/mistaken:1 is refused")
                .contains("its label io.sparkcluster.image says spark-worker");
        assertThat(stack.remains()).isEmpty();
    }

    @Test
    @Tag("nightly")
    @Order(3)
    void aClusterOfBroughtImagesComesUpAndNothingIsBuilt() throws IOException {
        String worker = push(built("spark-worker"), "worker", "LABEL team=ours");
        String digest = digest(worker);
        Shell.docker("image", "rm", worker, digest);
        stack.configure(Map.of(
                "images.sparkMaster",
                push(built("spark-master"), "master", "LABEL team=ours"),
                "images.sparkWorker",
                digest,
                "images.jupyterLab",
                push(built("jupyterlab"), "lab", "LABEL team=ours")));
        assertThat(stack.images()).hasSize(3).allSatisfy((name, inputs) -> assertThat(inputs.has("build"))
                .as(name)
                .isFalse());

        assertThat(stack.up()).contains("images.sparkWorker: pulling " + digest);

        assertThat(stack.outputs().getAsJsonObject("smokeTest").has("result")).isTrue();
        for (String node : List.of("master", "worker-1", "edge")) {
            assertThat(label(stack.node(node), "team")).as(node).isEqualTo("ours");
        }
        stack.upWithoutChanges();
    }

    @Test
    @Tag("nightly")
    @Order(4)
    void aWorkerOfAnotherPythonIsReportedByTheSmokeTest() throws IOException {
        Files.writeString(
                context.resolve("file"),
                "import sys, collections; sys.version_info = collections.namedtuple('V', 'major minor micro releaselevel serial')"
                        + "(3, 12, 0, 'final', 0)\n");
        stack.configure(Map.of(
                "images.sparkWorker",
                push(built("spark-worker"), "other", "COPY file /usr/local/lib/python3.13/dist-packages/other.pth")));

        assertThat(stack.failingUp()).contains("PYTHON_VERSION_MISMATCH").contains("3.12");
    }

    private String built(String image) {
        String reference = built.get(image);
        assertThat(reference).as(image).isNotNull();
        return reference;
    }

    private String push(String from, String name, String change) throws IOException {
        String reference = registry + "/" + name + ":1";
        // Something to copy, as an image of nothing cannot be pushed.
        String lines = from.equals("scratch") ? "COPY file /\n" + change : change;
        Files.writeString(context.resolve("Dockerfile"), "FROM " + from + "\n" + lines + "\n");
        Shell.docker("build", "--quiet", "--tag", reference, context.toString()).orFail();
        Shell.docker("push", reference).orFail();
        return reference;
    }

    /** The name by which nobody can put another image in its place. */
    private static String digest(String reference) {
        return Shell.docker("image", "inspect", "--format", "{{index .RepoDigests 0}}", reference)
                .orFail()
                .text()
                .strip();
    }

    private static String label(String container, String label) {
        return Shell.docker("inspect", "--format", "{{index .Config.Labels \"" + label + "\"}}", container)
                .orFail()
                .text()
                .strip();
    }
}
