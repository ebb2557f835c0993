package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.PythonSpec;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageScriptTest {

    private static final BuildEnvironment NO_PROXY = BuildEnvironment.of(Map.of());

    @Test
    void everyImageIsBuiltAfterItsParentWithBothTags() {
        var script = ImageScript.of(plan(ImagesSpec.DEFAULT), "", NO_PROXY);

        assertThat(built(script))
                .satisfiesExactly(
                        base -> assertThat(base)
                                .matches("built base sparkcluster/base:[0-9a-f]{12}"
                                        + " sparkcluster/base:java21-python3.13 images.base no"),
                        parent -> assertThat(parent)
                                .matches("built spark-base sparkcluster/spark-base:[0-9a-f]{12}"
                                        + " sparkcluster/spark-base:spark4.2.1-java21-python3.13 images.sparkBase no"),
                        master -> assertThat(master)
                                .startsWith("built spark-master ")
                                .endsWith(" yes"),
                        worker -> assertThat(worker)
                                .startsWith("built spark-worker ")
                                .endsWith(" images.sparkWorker yes"),
                        lab -> assertThat(lab).startsWith("built jupyterlab ").endsWith(" images.jupyterLab yes"));
        String parent = built(script).get(1).split(" ", -1)[2];
        assertThat(script.lines().filter(line -> line.equals("  export PARENT='" + parent + "'")))
                .hasSize(3);
    }

    @Test
    void theTagsAreThoseThatAnUpdateFinds() {
        var plan = plan(ImagesSpec.DEFAULT);
        var base = BuildContext.of(plan.image(ImageRole.BASE), Optional.empty());
        var sparkBase = BuildContext.of(plan.image(ImageRole.SPARK_BASE), Optional.of(base.hash()));

        assertThat(ImageScript.of(plan, "", NO_PROXY))
                .contains(" --tag " + base.reference() + " ", " --tag " + sparkBase.reference() + " ");
    }

    @Test
    void imagesForAnotherArchitectureHaveOtherTagsAndAreBuiltForIt() {
        var arm64 = ImageScript.of(
                plan(ImagesSpec.builder().architecture(Architecture.ARM64).build()), "", NO_PROXY);

        assertThat(arm64.lines().filter(line -> line.startsWith("  docker build ")))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith("  docker build --platform linux/arm64 --tag "));
        assertThat(arm64).contains("export BASE_IMAGE='arm64v8/debian:trixie-slim'");
        assertThat(built(arm64))
                .doesNotContainAnyElementsOf(built(ImageScript.of(plan(ImagesSpec.DEFAULT), "", NO_PROXY)));
    }

    @Test
    void packagesOfTheStackAreBuiltIntoTheImagesThatDriversAndExecutorsShare(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("requirements.txt"), "scikit-learn==1.7.0");
        var python = PythonSpec.builder()
                .requirements(List.of("xgboost<4"))
                .requirementsFile(file)
                .build();
        var plan =
                ClusterPlan.of(ClusterSpec.of("dev").toBuilder().python(python).build(), Naming.flat());
        var base = BuildContext.of(plan.image(ImageRole.BASE), Optional.empty());
        var shared = BuildContext.of(plan.image(ImageRole.SPARK_BASE), Optional.of(base.hash()));

        assertThat(shared.write().resolve("python/requirements.txt")).hasContent("scikit-learn==1.7.0\nxgboost<4\n");
        var without = plan(ImagesSpec.DEFAULT);
        assertThat(base.hash())
                .isEqualTo(BuildContext.of(without.image(ImageRole.BASE), Optional.empty())
                        .hash());
        assertThat(shared.hash())
                .isNotEqualTo(BuildContext.of(without.image(ImageRole.SPARK_BASE), Optional.of(base.hash()))
                        .hash());
    }

    @Test
    void anImageThatIsGivenIsOnlyAParent() {
        var images = ImagesSpec.builder()
                .sparkBase(ImageSource.registry("registry.example.org/team/foundation:1"))
                .build();

        var script = ImageScript.of(plan(images), "", NO_PROXY);

        assertThat(built(script)).hasSize(3).noneMatch(line -> line.startsWith("built spark-base"));
        assertThat(script).contains("export PARENT='registry.example.org/team/foundation:1'");
    }

    @Test
    void podmansNamesHaveItsPrefixEverywhere() {
        var script = ImageScript.of(plan(ImagesSpec.DEFAULT), "localhost/", NO_PROXY);

        assertThat(script)
                .contains("export PARENT='localhost/sparkcluster/base:")
                .doesNotContain(" sparkcluster/");
    }

    @Test
    void valuesAreInNoArgument() {
        var proxy = "http://user:it's-secret@proxy.example.org:3128";

        var script = ImageScript.of(plan(ImagesSpec.DEFAULT), "", BuildEnvironment.of(Map.of("HTTPS_PROXY", proxy)));

        assertThat(script).contains("export HTTPS_PROXY='http://user:it'\\''s-secret@proxy.example.org:3128'");
        assertThat(script.lines().filter(line -> line.contains("docker build")))
                .hasSize(5)
                .allSatisfy(line ->
                        assertThat(line).contains("--build-arg HTTPS_PROXY").doesNotContain("secret", "@"));
    }

    @Test
    void theHistoryServersImageIsThereWithAHistory() {
        var plan = ClusterPlan.of(
                ClusterSpec.builder("spark-dev").history(HistorySpec.on()).build(), Naming.flat());

        assertThat(built(ImageScript.of(plan, "", NO_PROXY)))
                .anyMatch(line -> line.endsWith(" images.sparkHistory yes"));
    }

    private static List<String> built(String script) {
        return script.lines().filter(line -> line.startsWith("built ")).toList();
    }

    private static ClusterPlan plan(ImagesSpec images) {
        return ClusterPlan.of(ClusterSpec.builder("spark-dev").images(images).build(), Naming.flat());
    }
}
