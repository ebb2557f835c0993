package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the sources to the {@link SourceRule}s, and the rules to examples of what they forbid and allow. */
class SourceRuleTest {

    @ParameterizedTest
    @EnumSource(SourceRule.class)
    void holds(SourceRule rule) {
        assertThat(rule.violations(JavaSource.all())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_SPARK_PROPERTY_BELOW_PLATFORM | platform/docker/Some.java | put(\"spark.ui.port\", 1);",
                "NO_SPARK_PROPERTY_BELOW_PLATFORM | platform/Some.java | put(\"SPARK_DEFAULTS\", text);",
                "NO_KIND_AND_NO_IMAGE_BELOW_PLATFORM | platform/swarm/Some.java | group.is(NodeKind.WORKER)",
                "NO_KIND_AND_NO_IMAGE_BELOW_PLATFORM | platform/images/Some.java | role == ImageRole.SPARK_BASE",
                "NO_KIND_AND_NO_IMAGE_BELOW_PLATFORM | platform/Some.java | import static io.sparkcluster.plan.NodeKind.EDGE;",
                "NO_NODES_OF_A_KIND_BELOW_PLATFORM | platform/kubernetes/Some.java | if (plan.edge().executorPods().isPresent()) {}",
                "NO_NODES_OF_A_KIND_BELOW_PLATFORM | platform/docker/Some.java | prepared.plan() .workers().size()",
                "NO_NODES_OF_A_KIND_BELOW_PLATFORM | platform/Some.java | drafts.flatMap(ClusterPlan::master)",
                "NO_INSTANCEOF_BELOW_PLATFORM | platform/docker/Some.java | import io.sparkcluster.plan.Mount; if (mount instanceof Mount.Own own) {}",
                "NO_INSTANCEOF_BELOW_PLATFORM | platform/docker/Some.java | import com.pulumi.docker.Secret; if (made instanceof Secret) {}",
                "NO_INSTANCEOF_BELOW_PLATFORM | platform/Some.java | Mount.Own.class.isInstance(mount)",
                "NO_INSTANCEOF_BELOW_PLATFORM | platform/Some.java | mount.getClass() == Mount.Own.class",
                "NO_WORD_OF_A_PLATFORM_IN_COMPONENTS | SomeComponent.java | throw new X(\"not on Kubernetes\");",
                "NO_WORD_OF_A_PLATFORM_IN_COMPONENTS | SomeComponent.java | private SwarmPlatform platform;",
                "NO_WORD_OF_A_PLATFORM_IN_SSH | platform/ssh/Some.java | text(\"# for the Swarm\");",
                "NO_WORD_OF_A_PLATFORM_IN_SSH | platform/ssh/Some.java | new SwarmSettings();",
                "NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY | platform/docker/Some.java | say(\"Remove it: pulumi config rm --path x\");",
                "NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY | platform/Some.java | say(\"start it: make\" + \" testbed-swarm-up\");",
                "NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY | model/Some.java | say(\"make \" + target);",
                "NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY | SomeComponent.java | say(\"to remove it: make down\");",
                "KUBERNETES_IN_ONE_CLASS_OF_PLAN | plan/Some.java | case KUBERNETES -> 1;",
                "KUBERNETES_IN_ONE_CLASS_OF_PLAN | plan/Some.java | spec.clusterManager() == ClusterManager.KUBERNETES",
                "KUBERNETES_IN_ONE_CLASS_OF_PLAN | plan/Some.java | return \"k8s://api\";",
                "KUBERNETES_IN_ONE_CLASS_OF_PLAN | plan/Some.java | set(\"spark.kubernetes.namespace\", 1);",
                "KUBERNETES_IN_ONE_CLASS_OF_PLAN | plan/Some.java | Pattern.compile(\"spark\\\\.kubernetes\\\\..*\")",
                "NO_QUESTION_FOR_A_MANAGER | platform/swarm/Some.java | if (manager == ClusterManager.KUBERNETES) {}",
                "NO_QUESTION_FOR_A_MANAGER | model/Some.java | import static io.sparkcluster.model.ClusterManager.STANDALONE;",
                "NO_QUESTION_FOR_A_MANAGER | platform/Some.java | if (spec.clusterManager() != other) {}",
                "NO_QUESTION_FOR_A_MANAGER | platform/Some.java | if (other == plan.spec().clusterManager()) {}",
                "NO_QUESTION_FOR_A_MANAGER | platform/Some.java | spec.clusterManager().label().equals(\"kubernetes\")",
                "NO_QUESTION_FOR_A_MANAGER | SomeComponent.java | return switch (spec().clusterManager()) {};"
            })
    void bites(SourceRule rule, String file, String text) {
        assertThat(rule.violations(List.of(JavaSource.of(file, text)))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_SPARK_PROPERTY_BELOW_PLATFORM | platform/Some.java | /** {@code \"spark.ui.port\"} */ say(\"its SPARK_HOME\");",
                "NO_SPARK_PROPERTY_BELOW_PLATFORM | plan/Some.java | put(\"spark.ui.port\", 1);",
                "NO_KIND_AND_NO_IMAGE_BELOW_PLATFORM | platform/Some.java | new EnumMap<>(ImageRole.class); // not NodeKind.EDGE",
                "NO_NODES_OF_A_KIND_BELOW_PLATFORM | platform/Some.java | plan.spec() .workers().autoscale(); spec.edge().memory()",
                "NO_NODES_OF_A_KIND_BELOW_PLATFORM | program/Some.java | plan.edge()",
                "NO_INSTANCEOF_BELOW_PLATFORM | platform/Some.java | import com.google.gson.JsonObject; if (x instanceof JsonObject o) {}",
                "NO_INSTANCEOF_BELOW_PLATFORM | platform/Some.java | import java.util.Map; if (x instanceof Map<?, ?> map) {}",
                "NO_WORD_OF_A_PLATFORM_IN_COMPONENTS | SomeComponent.java | // for example DockerPlatform",
                "NO_WORD_OF_A_PLATFORM_IN_SSH | platform/swarm/Some.java | new SwarmSettings();",
                "NO_WORD_OF_A_PLATFORM_IN_COMPONENTS | program/Some.java | DockerPlatform.local()",
                "NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY | program/Some.java | say(\"make up\");",
                "NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY | platform/Some.java | say(\"Make it, or pulumi destroy; this user may not make one\");",
                "KUBERNETES_IN_ONE_CLASS_OF_PLAN | plan/KubernetesManager.java | return ClusterManager.KUBERNETES;",
                "NO_QUESTION_FOR_A_MANAGER | plan/ManagerRules.java | rules.manager() == spec.clusterManager()",
                "NO_QUESTION_FOR_A_MANAGER | model/Some.java | private ClusterManager manager = ClusterManager.DEFAULT;",
                "NO_QUESTION_FOR_A_MANAGER | platform/Some.java | new Problem(\"clusterManager\", spec.clusterManager().label(), rule)"
            })
    void allows(SourceRule rule, String file, String text) {
        assertThat(rule.violations(List.of(JavaSource.of(file, text)))).isEmpty();
    }

    /** What runs on machines is the same whatever program sends it. */
    @Test
    void scriptsHaveNoCommandOfTheProgram() throws IOException {
        assertThat(SourceRule.commandsOfTheProgram(List.of("die 'start it, then make up'")))
                .containsExactly("make up");
        try (var scripts = Files.walk(Path.of("src", "main", "resources"))) {
            assertThat(scripts.filter(Files::isRegularFile).toList())
                    .isNotEmpty()
                    .allSatisfy(script -> assertThat(SourceRule.commandsOfTheProgram(List.of(Files.readString(script))))
                            .isEmpty());
        }
    }

    @Test
    void aSourceIsTakenApart() {
        var source = JavaSource.of(
                "Some.java",
                "a(\"x \\\" // no comment\"); // \"no literal\"\nb('\"', \"y\"); /* c(\"z\") */ d(\"\"\"\n  \"t\" /* u */\"\"\");");

        assertThat(source.literals()).containsExactly("x \\\" // no comment", "y", "\n  \"t\" /* u */");
        assertThat(source.code()).isEqualTo("a(\"\");  \nb(' ', \"\");   d(\"\");");
    }

    @Test
    void everySourceIsRead() {
        assertThat(JavaSource.all())
                .extracting(JavaSource::name)
                .contains("SparkCluster.java", "plan/KubernetesManager.java", "platform/swarm/NodeService.java");
    }
}
