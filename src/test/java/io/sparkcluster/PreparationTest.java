package io.sparkcluster;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.PreflightContext;
import io.sparkcluster.platform.PreparedPlatform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.program.ProgramWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What comes before a cluster's resources is the same for the ready program and for any other. */
class PreparationTest {

    private static final ClusterSpec SPEC = ClusterSpec.of("spark-dev");
    private static final KubernetesSettings SETTINGS =
            KubernetesSettings.of("team", Kubectl.file("/lab/kubeconfig", "minikube")).toBuilder()
                    .delivery(ImageDelivery.present())
                    .build();

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void whatAPlatformFindsInTheWayIsRefusedBeforeAnythingIsRegistered() {
        var platform = looking(List.of(new Problem("edge.port", "8888", "it is taken", "Choose another one")));
        var args = SparkClusterArgs.builder(platform, SPEC).preflight(true).build();

        var refusals = new ArrayList<Throwable>();
        MockedEngine.run(context ->
                refusals.add(catchThrowable(() -> Preparation.of("spark", args, ComponentResourceOptions.Empty))));

        assertThat(refusals)
                .singleElement(as(THROWABLE))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContaining("1 problem in the platform of cluster \"spark-dev\"")
                .hasMessageContaining("edge.port: 8888 is refused: it is taken. Choose another one.");
        Mockito.verify(platform, Mockito.never()).prepare(Mockito.any(), Mockito.any(), Mockito.any(), Mockito.any());
    }

    @Test
    void wordsGoWhereTheProgramWantsThem() {
        var info = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        var args = SparkClusterArgs.builder(looking(List.of()), SPEC)
                .preflight(true)
                .log(info::add, warnings::add)
                .build();

        MockedEngine.run(context -> Preparation.of("spark", args, ComponentResourceOptions.Empty));

        assertThat(info).containsExactly("looking to pulumi up");
        assertThat(warnings).containsExactly("exposed: remove edge.port", "it is small");
    }

    /** They come from the description alone. */
    @Test
    void theDescriptionsOwnWarningsAreSaidWithoutPreflightToo() {
        var warnings = new ArrayList<String>();
        var spec = SPEC.toBuilder().sparkConf("spark.acme.colour", "red").build();
        var args = SparkClusterArgs.builder(looking(List.of()), spec)
                .preflight(false)
                .log(line -> {}, warnings::add)
                .build();

        MockedEngine.run(context -> Preparation.of("spark", args, ComponentResourceOptions.Empty));

        assertThat(warnings).singleElement().asString().contains("spark.acme.colour");
    }

    @Test
    void remediesAreWordedAsTheProgramWantsThem() {
        var said = new ArrayList<String>();
        var args = SparkClusterArgs.builder(looking(List.of()), SPEC)
                .preflight(true)
                .log(said::add, said::add)
                .wording(ProgramWords.words())
                .build();

        MockedEngine.run(context -> Preparation.of("spark", args, ComponentResourceOptions.Empty));

        assertThat(said)
                .containsExactly("exposed: pulumi config rm --path edge.port", "looking to make up", "it is small");
    }

    @Test
    void nothingIsAskedWhereItIsSwitchedOffOrNoEngineRunsTheProgram() {
        var platform = looking(List.of(new Problem("edge.port", "8888", "it is taken", "Choose another one")));

        MockedEngine.run(context -> {
            Preparation.of(
                    "spark",
                    SparkClusterArgs.builder(platform, SPEC).preflight(false).build(),
                    ComponentResourceOptions.Empty);
            Preparation.of("spark", new SparkClusterArgs(platform, SPEC), ComponentResourceOptions.Empty);
        });

        Mockito.verify(platform, Mockito.never()).preflight(Mockito.any(), Mockito.any());
    }

    @Test
    void anEngineThatIsNamedGetsItsProviderUnderItsEarlierNameToo() {
        Run run = run(DockerPlatform.of(Engine.docker(), Optional.of("unix:///srv/docker.sock"), Map.of()));

        var provider = run.named("spark-docker");
        assertThat(provider.type()).isEqualTo("pulumi:providers:docker");
        assertThat(provider.texts()).containsEntry("/host", "unix:///srv/docker.sock");
        assertThat(provider.request().getAliasesList())
                .extracting(alias -> alias.getSpec().getName())
                .containsExactly("docker");
        assertThat(run.named("spark-master-node").request().getProvider()).contains("::spark-docker::");
        assertThat(run(DockerPlatform.local()).registrations())
                .noneMatch(registration -> registration.type().startsWith("pulumi:providers:"));
    }

    @Test
    void kubernetesGetsAProviderWithTheFlagsThatAClusterReliesOnAndARestrictedNamespace() {
        Run run = run(KubernetesPlatform.of(SETTINGS));

        var provider = run.named("spark-kubernetes");
        assertThat(provider.texts())
                .containsEntry("/context", "minikube")
                .containsEntry("/clusterIdentifier", "minikube");
        assertThat(provider.secretPaths()).contains("/kubeconfig");
        assertThat(provider.request().getObject().getFieldsMap())
                .containsKeys(
                        "enableConfigMapMutable", "enableSecretMutable", "enablePatchForce", "upsertExistingObjects");
        assertThat(run.named("spark-namespace").texts())
                .containsEntry("/metadata/name", "team")
                .containsEntry("/metadata/labels/pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("/metadata/labels/io.sparkcluster.cluster", "spark-dev");
        assertThat(run.named("spark-namespace").request().getRetainOnDelete()).isTrue();
        assertThat(run.named("spark-master-node").dependencyNames()).isNotEmpty();
        assertThat(run.named("spark-master-node").request().getProvider()).contains("::spark-kubernetes::");
    }

    @Test
    void anExistingNamespaceIsNotMade() {
        Run run = run(KubernetesPlatform.of(
                SETTINGS.toBuilder().createNamespace(false).build()));

        assertThat(run.registrations())
                .noneMatch(registration -> registration.type().equals("kubernetes:core/v1:Namespace"));
    }

    @Test
    void aGivenProviderIsUsedInsteadOfAnother() {
        Run run = runWithOwnProvider(KubernetesPlatform.of(SETTINGS));

        assertThat(run.registrations())
                .filteredOn(registration -> registration.type().startsWith("pulumi:providers:"))
                .extracting(Registration::name)
                .containsExactly("mine");
        assertThat(run.named("spark-edge-node").request().getProvider()).contains("::mine::");
        assertThat(run.named("spark-namespace").request().getProvider()).contains("::mine::");
    }

    @Test
    void anExistingNamespaceIsNotMadeWithAGivenProviderEither() {
        Run run = runWithOwnProvider(KubernetesPlatform.in(SETTINGS));

        assertThat(run.registrations())
                .noneMatch(registration -> registration.type().equals("kubernetes:core/v1:Namespace"));
        assertThat(run.named("spark-edge-node").request().getProvider()).contains("::mine::");
    }

    private static Run runWithOwnProvider(KubernetesPlatform platform) {
        return MockedEngine.run(context -> {
            var own = new Provider(
                    "mine",
                    KubernetesPlatform.providerFlags().context("minikube").build());
            new SparkCluster("spark", new SparkClusterArgs(platform.with(own), SPEC));
        });
    }

    private static Run run(Platform platform) {
        return MockedEngine.run(context -> new SparkCluster("spark", new SparkClusterArgs(platform, SPEC)));
    }

    /** A platform that finds these. */
    private static Platform looking(List<Problem> problems) {
        var docker = DockerPlatform.at(Output.of("unix:///nowhere"));
        var platform = Mockito.mock(Platform.class);
        Mockito.when(platform.naming()).thenReturn(docker.naming());
        Mockito.when(platform.validate(Mockito.any())).thenReturn(List.of());
        Mockito.when(platform.warnings(Mockito.any())).thenReturn(List.of("it is small"));
        Mockito.when(platform.prepare(Mockito.any(), Mockito.any(), Mockito.any(), Mockito.any()))
                .thenReturn(new PreparedPlatform(docker, List.of()));
        Mockito.when(platform.exposed(Mockito.any(), Mockito.any()))
                .thenAnswer(call ->
                        Optional.of("exposed: " + call.<Wording>getArgument(1).unset("edge.port")));
        Mockito.when(platform.preflight(Mockito.any(), Mockito.any())).thenAnswer(call -> {
            PreflightContext context = call.getArgument(1);
            context.progress().accept("looking to " + context.wording().up());
            return problems;
        });
        return platform;
    }
}
