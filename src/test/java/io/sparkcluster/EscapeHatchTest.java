package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.Autoscale;
import io.sparkcluster.model.ClusterManager;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.HistorySpec;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.Engine;
import io.sparkcluster.platform.kubernetes.Exposure;
import io.sparkcluster.platform.kubernetes.ImageDelivery;
import io.sparkcluster.platform.kubernetes.Kubectl;
import io.sparkcluster.platform.kubernetes.KubernetesPlatform;
import io.sparkcluster.platform.kubernetes.KubernetesSettings;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.Machine;
import io.sparkcluster.platform.swarm.SwarmDelivery;
import io.sparkcluster.platform.swarm.SwarmPlatform;
import io.sparkcluster.platform.swarm.SwarmSettings;
import io.sparkcluster.platform.swarm.SwarmWorkspace;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transformation reaches every resource of a cluster, the examples of {@code docs/escape-hatch.md} do what it says, and its tables have the names and types of
 * everything that is registered. After a change of those write the tables anew with {@code ./mvnw test -Dtest=EscapeHatchTest -Ddocs.write=true}.
 */
class EscapeHatchTest {

    private static final Path PAGE = Path.of("docs", "escape-hatch.md");
    private static final String ENGINE = "unix:///lab/engine.sock";
    private static final String TABLES = "## Names and types\n";
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8Hh4cH5nxHmTuQn0Qmwl1FVGJzPEcqT6IYbOqhRQpx";
    private static final String IMPORTS = """
            import com.pulumi.docker.ContainerArgs;
            import com.pulumi.docker.ServiceArgs;
            import com.pulumi.docker.inputs.ServiceUpdateConfigArgs;
            import com.pulumi.kubernetes.apps.v1.StatefulSetArgs;
            import com.pulumi.kubernetes.apps.v1.inputs.StatefulSetSpecArgs;
            import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
            import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
            import com.pulumi.kubernetes.core.v1.inputs.TolerationArgs;
            import com.pulumi.resources.ComponentResourceOptions;
            import com.pulumi.resources.CustomResourceOptions;
            import com.pulumi.resources.ResourceTransformation;
            import io.sparkcluster.SparkCluster;
            import io.sparkcluster.SparkClusterArgs;
            import java.util.Optional;
            """;

    private static final ClusterSpec SPEC = spec().build();
    private static final ClusterSpec HISTORY =
            SPEC.toBuilder().history(HistorySpec.on()).build();
    private static final KubernetesSettings KUBERNETES =
            KubernetesSettings.of("team", Kubectl.file("/lab/kubeconfig", "minikube")).toBuilder()
                    .delivery(ImageDelivery.minikube("minikube"))
                    .build();

    /** What a cluster registers that is described and placed like that. */
    private record Case(String with, Platform platform, ClusterSpec spec) {
        @Override
        public String toString() {
            return platform.getClass().getSimpleName() + " " + with;
        }
    }

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    /** One worker, since every further one has the same name but for its number. */
    private static ClusterSpec.Builder spec() {
        var defaults = ClusterSpec.of("spark-dev");
        return defaults.toBuilder().workers(defaults.workers().withCount(1));
    }

    private static Map<String, List<Case>> cases() {
        var cases = new LinkedHashMap<String, List<Case>>();
        cases.put(
                "Docker",
                List.of(
                        new Case("", DockerPlatform.local(), SPEC),
                        new Case("`docker.host`", docker(Engine.docker()), SPEC),
                        new Case("`docker.engine: podman`", docker(Engine.podman()), SPEC),
                        new Case("`history.enabled`", DockerPlatform.local(), HISTORY)));
        var platform = KubernetesPlatform.of(KUBERNETES);
        var nodePorts = KUBERNETES.toBuilder().exposure(Exposure.NODE_PORT).build();
        cases.put(
                "Kubernetes",
                List.of(
                        new Case("", platform, SPEC),
                        new Case("`docker.host`", platform.buildingOn(ENGINE), SPEC),
                        new Case(
                                "`workers.autoscale`",
                                platform,
                                spec().workers(SPEC.workers().withAutoscale(Autoscale.upTo(4)))
                                        .build()),
                        new Case(
                                "`kubernetes.exposure: nodePort`",
                                KubernetesPlatform.of(nodePorts),
                                spec().master(SPEC.master().withUiPort(30080))
                                        .edge(SPEC.edge().withPort(30088))
                                        .build()),
                        new Case(
                                "`clusterManager: kubernetes`",
                                platform,
                                spec().clusterManager(ClusterManager.KUBERNETES)
                                        .workers(SPEC.workers().withCount(2))
                                        .build()),
                        new Case("`history.enabled`", platform, HISTORY)));
        var login = SshLogin.of("admin", "192.0.2.11").withHostKey(HOST_KEY);
        var swarm = SwarmSettings.of(
                "spark-dev",
                List.of(
                        Machine.of("alpha", login),
                        Machine.of("beta", SshLogin.of("admin", "192.0.2.12").withHostKey(HOST_KEY))));
        cases.put(
                "Swarm",
                List.of(
                        new Case("", SwarmPlatform.of(swarm), SPEC),
                        new Case("`docker.host`", SwarmPlatform.of(swarm).buildingOn(ENGINE), SPEC),
                        new Case(
                                "`swarm.workspace.nfs`",
                                SwarmPlatform.of(
                                        swarm.withWorkspace(SwarmWorkspace.nfs("files.example.org", "/exports"))),
                                SPEC),
                        new Case("`swarm.delivery: registry`", SwarmPlatform.of(pushing(swarm)), SPEC),
                        new Case(
                                "`history.enabled`",
                                SwarmPlatform.of(swarm.withWorkspace(SwarmWorkspace.hostPath("/srv/share"))),
                                HISTORY)));
        return cases;
    }

    private static SwarmSettings pushing(SwarmSettings swarm) {
        return swarm.toBuilder()
                .delivery(SwarmDelivery.registry("registry.example.org/team"))
                .build();
    }

    private static DockerPlatform docker(Engine engine) {
        return DockerPlatform.of(engine, Optional.of(ENGINE), Map.of());
    }

    static List<Case> everyCase() {
        return cases().values().stream().flatMap(List::stream).toList();
    }

    private static Run run(Case described, ResourceTransformation... transformations) {
        return MockedEngine.run(context -> new SparkCluster(
                "spark",
                new SparkClusterArgs(described.platform(), described.spec()),
                ComponentResourceOptions.builder()
                        .resourceTransformations(transformations)
                        .build()));
    }

    /** Notes each resource, and gives it an option. */
    private static ResourceTransformation marking(Set<String> seen) {
        return made -> {
            seen.add(
                    made.resource().pulumiResourceType() + " " + made.resource().pulumiResourceName());
            return made.options() instanceof CustomResourceOptions options
                    ? Optional.of(new ResourceTransformation.Result(
                            made.args(),
                            CustomResourceOptions.merge(
                                    options,
                                    CustomResourceOptions.builder()
                                            .ignoreChanges("marked")
                                            .build())))
                    : Optional.empty();
        };
    }

    private static String key(Registration registration) {
        return registration.type() + " " + registration.name();
    }

    private static boolean isMarked(Registration registration) {
        return registration.request().getIgnoreChangesList().contains("marked");
    }

    private static List<Registration> registrations(Run run) {
        return run.registrations().stream()
                .filter(registration -> !registration.type().equals("pulumi:pulumi:Stack"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void reachesEveryResourceOfAClusterAndKeepsItsProvider(Case described) {
        Map<String, String> providers = new TreeMap<>();
        registrations(run(described))
                .forEach(registration ->
                        providers.put(key(registration), registration.request().getProvider()));
        PulumiTest.cleanup();
        var seen = Collections.synchronizedSet(new LinkedHashSet<String>());

        var transformed = registrations(run(described, marking(seen)));

        assertThat(transformed)
                .extracting(EscapeHatchTest::key)
                .containsExactlyInAnyOrderElementsOf(providers.keySet());
        assertThat(transformed)
                .allSatisfy(registration ->
                        assertThat(registration.request().getProvider()).isEqualTo(providers.get(key(registration))));
        assertThat(transformed)
                .filteredOn(registration -> registration.request().getCustom())
                .allSatisfy(registration -> {
                    boolean isOfTheCluster =
                            registration.request().getParent().contains("sparkcluster:index:SparkCluster");
                    assertThat(isMarked(registration)).as(key(registration)).isEqualTo(isOfTheCluster);
                    assertThat(seen.contains(key(registration)))
                            .as(key(registration))
                            .isEqualTo(isOfTheCluster);
                });
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void whatIsMadeBeforeTheClusterIsReachedThroughItsParent(Case described) {
        var seen = Collections.synchronizedSet(new LinkedHashSet<String>());

        Run run = MockedEngine.run(context -> {
            var parent = new Team(ComponentResourceOptions.builder()
                    .resourceTransformations(marking(seen))
                    .build());
            new SparkCluster(
                    "spark",
                    new SparkClusterArgs(described.platform(), described.spec()),
                    ComponentResourceOptions.builder().parent(parent).build());
        });

        assertThat(registrations(run))
                .filteredOn(registration -> registration.request().getCustom())
                .allSatisfy(registration ->
                        assertThat(isMarked(registration)).as(key(registration)).isTrue());
    }

    private static final class Team extends ComponentResource {
        Team(ComponentResourceOptions options) {
            super("test:index:Team", "team", options);
        }
    }

    @Test
    void theExamplesDoWhatThePageSays(@TempDir Path classes) throws IOException, ReflectiveOperationException {
        compile(classes);
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            var examples = loader.loadClass("Examples");
            Method cluster =
                    examples.getDeclaredMethod("cluster", SparkClusterArgs.class, ResourceTransformation.class);
            cluster.setAccessible(true);

            var edge = example(examples, cluster, "LARGER_SHARED_MEMORY", "Docker");
            assertThat(edge.named("spark-edge-node")
                            .input("shmSize")
                            .orElseThrow()
                            .getNumberValue())
                    .isEqualTo(1024);
            assertThat(edge.named("spark-master-node").input("shmSize").map(size -> size.getNumberValue()))
                    .isNotEqualTo(Optional.of(1024.0));

            var tolerating = example(examples, cluster, "TOLERATION", "Kubernetes");
            assertThat(List.of("spark-master-node", "spark-workers-set", "spark-edge-node"))
                    .allSatisfy(set -> assertThat(tolerating.named(set).texts())
                            .containsEntry("/spec/template/spec/tolerations/0/key", "dedicated")
                            .containsKey("/spec/template/spec/containers/0/image"));

            var services = example(examples, cluster, "TWO_AT_A_TIME", "Swarm");
            var update = services.named("spark-workers-service")
                    .input("updateConfig")
                    .orElseThrow()
                    .getStructValue();
            assertThat(update.getFieldsOrThrow("parallelism").getNumberValue()).isEqualTo(2);
            assertThat(update.getFieldsOrThrow("order").getStringValue()).isEqualTo("stop-first");

            for (String platform : cases().keySet()) {
                assertThat(registrations(example(examples, cluster, "PROTECTED_WORKSPACE", platform)))
                        .filteredOn(registration -> registration.request().getProtect())
                        .extracting(Registration::name)
                        .as(platform)
                        .containsExactly("spark-workspace");
            }
        }
    }

    private static Run example(Class<?> examples, Method cluster, String name, String platform)
            throws ReflectiveOperationException {
        PulumiTest.cleanup();
        var field = examples.getDeclaredField(name);
        field.setAccessible(true);
        var transformation = field.get(null);
        var described = Optional.ofNullable(cases().get(platform)).orElseThrow().get(0);
        return MockedEngine.run(context -> {
            try {
                cluster.invoke(null, new SparkClusterArgs(described.platform(), described.spec()), transformation);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void compile(Path classes) throws IOException {
        String examples = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining("\n"));
        Path source = Files.writeString(
                classes.resolve("Examples.java"), IMPORTS + "\nfinal class Examples {\n" + examples + "}\n");
        SourceCompiler.compile(List.of(source), classes);
    }

    @Test
    void theTablesHaveEveryResource() throws IOException {
        String page = Files.readString(PAGE);
        String text = page.substring(0, page.indexOf(TABLES)) + TABLES + tables();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, text);
        }

        assertThat(PAGE).hasContent(text);
    }

    private static String tables() {
        var text = new StringBuilder("""

                These are the resources of a cluster whose component is called `spark`. Further workers have higher numbers; the resources of a group of
                workers have its name after `workers`, as in `spark-workers-large-1`. `<machine>` is a machine's name. Rows without a remark belong to a cluster
                with all defaults; "before" marks resources beside the cluster.
                """);
        cases().forEach((platform, cases) -> {
            text.append("\n### ").append(platform).append("\n\n| type | name | only |\n|---|---|---|\n");
            rows(cases).forEach((resource, only) -> text.append("| `")
                    .append(resource.replace(" ", "` | `"))
                    .append("` | ")
                    .append(only)
                    .append(" |\n"));
        });
        return text.toString();
    }

    /** Types and names, with the case that has them where it is not the first, which is the usual one. */
    private static Map<String, String> rows(List<Case> cases) {
        var rows = new TreeMap<String, String>();
        for (Case described : cases) {
            PulumiTest.cleanup();
            var seen = Collections.synchronizedSet(new LinkedHashSet<String>());
            for (Registration registration : registrations(run(described, marking(seen)))) {
                var only = new ArrayList<String>();
                if (!seen.contains(key(registration))) {
                    only.add("before");
                }
                if (!described.with().isEmpty()) {
                    only.add("with " + described.with());
                }
                String row = key(registration).replaceAll("\\b(alpha|beta)\\b", "<machine>");
                rows.putIfAbsent(row, String.join(", ", only));
            }
        }
        return rows;
    }
}
