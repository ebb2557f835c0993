package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Value;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other resources produce goes into a cluster as an output. */
class OutputInputsTest {

    private static final ClusterSpec SPEC = ClusterSpec.of("spark-dev");
    private static final String LAB = "example.org/lab:1";
    private static final String GIVEN = "given-secret-value";
    private static final String PROPERTY = "spark.hadoop.fs.s3a.secret.key";

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void anImageIsPulledByTheReferenceThatAnotherResourceGives() {
        Run run = run(args -> args.image(ImageRole.JUPYTERLAB, Output.of(LAB)));

        assertThat(run.named("spark-images-jupyterlab").texts()).containsEntry("/name", LAB);
        assertThat(run.named("spark-images-jupyterlab").input("build")).isEmpty();
        assertThat(run.named("spark-edge-node").texts()).containsEntry("/image", "sha256:spark-images-jupyterlab");
        assertThat(run.named("spark-images-spark-worker").input("build")).isPresent();
    }

    @Test
    void whatNoImageIsBuiltOnIsNotBuilt() {
        Run run = run(args -> {
            for (ImageRole role : List.of(ImageRole.SPARK_MASTER, ImageRole.SPARK_WORKER, ImageRole.JUPYTERLAB)) {
                args.image(role, Output.of("example.org/" + role.label() + ":1"));
            }
            return args;
        });

        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().equals("docker:index/remoteImage:RemoteImage"))
                .extracting(registration -> registration.texts().get("/name"))
                .containsExactlyInAnyOrder(
                        "example.org/spark-master:1", "example.org/spark-worker:1", "example.org/jupyterlab:1");
    }

    @Test
    void podsGetAnImageByThemselves() {
        Run run = run(
                KubernetesPlatform.in(KubernetesSettings.of("spark", Kubectl.context("minikube")).toBuilder()
                        .delivery(ImageDelivery.present())
                        .build()),
                args -> args.image(ImageRole.JUPYTERLAB, Output.of(LAB)));

        assertThat(run.named("spark-edge-node").texts())
                .containsEntry("/spec/template/spec/containers/0/image", LAB)
                .containsEntry("/spec/template/spec/containers/0/imagePullPolicy", "IfNotPresent");
        assertThat(run.registrations())
                .noneMatch(registration -> registration.name().equals("spark-images-jupyterlab"));
    }

    @Test
    void anImageThatOthersAreBuiltOnIsNamedInTheDescription() {
        assertThatThrownBy(() -> builder(DockerPlatform.local()).image(ImageRole.SPARK_BASE, Output.of(LAB)))
                .hasMessageContaining("images.sparkBase is given as an output")
                .hasMessageContaining("Name it in the description");
    }

    @Test
    void anExistingVolumeIsTheWorkspaceAndStaysAsItIs() {
        Run run = run(args -> args.workspace(Output.of("team-data")));

        assertThat(run.named("spark-edge-node").texts()).containsEntry("/volumes/0/volumeName", "team-data");
        assertThat(run.named("spark-workers-1").texts()).containsValue("team-data");
        assertThat(run.registrations())
                .noneMatch(registration -> registration.name().startsWith("spark-workspace"));
    }

    @Test
    void aTokenTakesThePlaceOfTheOneThatIsMade() {
        var token = new ArrayList<Output<String>>();
        Run run = run(DockerPlatform.local(), args -> args.jupyterToken(Output.of(GIVEN)), token);

        var data = PulumiTestInternal.extractOutputData(token.get(0));
        assertThat(data.isSecret()).isTrue();
        assertThat(data.getValueNullable()).isEqualTo(GIVEN);
        assertThat(content(run, "spark-secrets-jupyter-token-carrier")).isEqualTo(GIVEN);
        isNowhereInClear(run);
    }

    /** Only JupyterLab starts anew with another token. */
    @Test
    void onlyTheNodeThatMountsAGivenSecretNotesItsRevision() {
        Run run = run(args -> args.jupyterToken(Output.of(GIVEN)));

        assertThat(run.named("spark-edge-node").texts().values()).anyMatch(text -> text.matches("1-[0-9a-f]{12}"));
        for (String other : List.of("spark-master-node", "spark-workers-1")) {
            assertThat(run.named(other).texts().values()).noneMatch(text -> text.matches("1-.*"));
        }
    }

    @Test
    void aTokenWithWhichNobodyCouldLogInIsRefused() {
        for (String token : List.of("", "two words", "a line\n")) {
            Run run = MockedEngine.attempt(context -> cluster(args -> args.jupyterToken(Output.of(token))));

            assertThat(run.result().exceptions()).anySatisfy(refusal -> assertThat(refusal)
                    .rootCause()
                    .hasMessageStartingWith("jupyterToken: the value is empty, or has a blank or a line break"));
            PulumiTest.cleanup();
        }
    }

    @Test
    void secretSparkPropertiesAreLinesOfAFileOfTheEdgeNode() {
        Run run = run(args -> args.secretSparkConf(
                Map.of(PROPERTY, Output.of(GIVEN), "spark.sql.catalog.lake.token", Output.of("back\\slash"))));

        assertThat(content(run, "spark-secrets-spark-properties-carrier"))
                .isEqualTo(PROPERTY + " " + GIVEN + "\nspark.sql.catalog.lake.token back\\\\slash\n");
        assertThat(run.named("spark-secrets-spark-properties-carrier").texts())
                .containsEntry("/uploads/0/file", "/run/spark-cluster/spark-properties/secret");
        assertThat(run.named("spark-edge-node").texts())
                .containsValue("SPARK_SECRET_DEFAULTS_FILE=/run/spark-cluster/spark-properties/secret")
                .containsValue("spark-dev-spark-properties");
        assertThat(run.named("spark-workers-1").texts()).doesNotContainValue("spark-dev-spark-properties");
        isNowhereInClear(run);
    }

    @Test
    void aPreviewKnowsNoneOfThemAndRegistersTheSame() {
        UnaryOperator<SparkClusterArgs.Builder> given = args -> {
            var unknown = new Stash(
                            "elsewhere",
                            StashArgs.builder().input(Output.of((Object) "any")).build(),
                            CustomResourceOptions.Empty)
                    .output()
                    .applyValue(String::valueOf);
            return args.image(ImageRole.SPARK_WORKER, unknown)
                    .workspace(unknown)
                    .jupyterToken(unknown)
                    .secretSparkConf(Map.of(PROPERTY, unknown));
        };
        var names = run(given).registrations().stream().map(Registration::name).toList();

        Run preview = MockedEngine.preview(context -> cluster(given));

        assertThat(preview.registrations()).extracting(Registration::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void whatIsNamedLaterNeedsAnOutput() {
        var volume = SPEC.toBuilder().workspace(SharedVolumeSpec.existingNamedLater());
        var property = SPEC.toBuilder().secretSparkConf(PROPERTY);
        var image = SPEC.toBuilder()
                .images(ImagesSpec.DEFAULT.withNodeImages(
                        ImageSource.build(), ImageSource.namedLater(), ImageSource.build()));

        assertThatThrownBy(() -> new SparkClusterArgs(DockerPlatform.local(), volume.build()))
                .hasMessageStartingWith("workspace: the description says that its volume is named later");
        assertThatThrownBy(() -> new SparkClusterArgs(DockerPlatform.local(), property.build()))
                .hasMessageStartingWith("secretSparkConf: " + PROPERTY + " has no value");
        Run run = MockedEngine.attempt(
                context -> new SparkCluster("spark", new SparkClusterArgs(DockerPlatform.local(), image.build())));
        assertThat(run.result().exceptions()).anySatisfy(refusal -> assertThat(refusal)
                .rootCause()
                .hasMessageStartingWith("images.sparkWorker is named later, and no output names it"));
    }

    private static void isNowhereInClear(Run run) {
        assertThat(run.registrations())
                .allSatisfy(registration ->
                        assertThat(registration.texts().values()).noneMatch(text -> text.contains(GIVEN)));
    }

    /** The content of a secret's file; it lies one level below the mark. */
    private static String content(Run run, String carrier) {
        Value upload =
                run.named(carrier).input("uploads").orElseThrow().getListValue().getValues(0);
        return upload.getStructValue()
                .getFieldsOrThrow("content")
                .getStructValue()
                .getFieldsOrThrow("value")
                .getStringValue();
    }

    private static Run run(UnaryOperator<SparkClusterArgs.Builder> given) {
        return run(DockerPlatform.local(), given);
    }

    private static Run run(Platform platform, UnaryOperator<SparkClusterArgs.Builder> given) {
        return run(platform, given, new ArrayList<>());
    }

    private static Run run(
            Platform platform, UnaryOperator<SparkClusterArgs.Builder> given, List<Output<String>> token) {
        return MockedEngine.run(context -> token.add(
                new SparkCluster("spark", given.apply(builder(platform)).build()).jupyterToken()));
    }

    private static SparkCluster cluster(UnaryOperator<SparkClusterArgs.Builder> given) {
        return new SparkCluster(
                "spark", given.apply(builder(DockerPlatform.local())).build());
    }

    private static SparkClusterArgs.Builder builder(Platform platform) {
        return SparkClusterArgs.builder(platform, SPEC);
    }
}
