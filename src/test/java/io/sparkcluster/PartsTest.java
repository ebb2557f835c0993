package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import io.sparkcluster.MockedEngine.Run;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.docker.DockerPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The parts of a cluster, alone in somebody else's program. */
class PartsTest {

    private static final DockerPlatform DOCKER = DockerPlatform.local();

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void aRetainedVolumeOutlivesItsComponent() {
        Run run =
                MockedEngine.run(context -> new SharedVolume("data", SharedVolume.Args.retained(DOCKER, "team-data")));

        assertThat(only(run, "docker:index/volume:Volume").request().getRetainOnDelete())
                .isTrue();
        assertThat(only(run, "docker:index/volume:Volume").texts()).containsEntry("/name", "team-data");
    }

    @Test
    void aRemovedVolumeGoesWithItsComponent() {
        Run run = MockedEngine.run(context -> new SharedVolume("data", SharedVolume.Args.removed(DOCKER, "team-data")));

        assertThat(only(run, "docker:index/volume:Volume").request().getRetainOnDelete())
                .isFalse();
    }

    @Test
    void anExistingVolumeIsLeftAlone() {
        Run run =
                MockedEngine.run(context -> new SharedVolume("data", SharedVolume.Args.existing(DOCKER, "team-data")));
        assertThat(run.registrations())
                .noneMatch(registration -> registration.type().startsWith("docker:"));
    }

    @Test
    void aNetworkIsABridgeOfItsOwn() {
        Run run = MockedEngine.run(context -> new ClusterNetwork("net", new ClusterNetwork.Args(DOCKER, "team-net")));

        assertThat(only(run, "docker:index/network:Network").texts())
                .containsEntry("/name", "team-net")
                .containsEntry("/driver", "bridge");
    }

    @Test
    void imagesAreBuiltOnEachOtherUnderNamesThatTheirContentDecides() {
        var plan = ClusterPlan.of(ClusterSpec.of("dev"), DOCKER.naming());
        Run run = MockedEngine.run(context -> new ImageHierarchy("images", new ImageHierarchy.Args(DOCKER, plan)));
        var base = run.named("images-base").texts();
        assertThat(base.get("/name")).matches("sparkcluster/base:[0-9a-f]{12}");
        assertThat(run.named("images-spark-base").texts()).containsEntry("/build/buildArgs/PARENT", base.get("/name"));
        assertThat(run.named("images-jupyterlab").texts())
                .containsEntry(
                        "/build/buildArgs/PARENT",
                        run.named("images-spark-base").texts().get("/name"));
    }

    private static Registration only(Run run, String type) {
        var found = run.registrations().stream()
                .filter(registration -> registration.type().equals(type))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
