package io.sparkcluster.platform.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.images.EngineKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTest {

    @Test
    void podmansSocketIsThatOfItsVariableOrOfTheUserOrOfRoot() {
        var podman = Engine.podman();

        assertThat(podman.defaultHost(Map.of("USER", "root"))).contains("unix:///run/podman/podman.sock");
        assertThat(podman.defaultHost(Map.of("USER", "ann", "XDG_RUNTIME_DIR", "/run/user/1000")))
                .contains("unix:///run/user/1000/podman/podman.sock");
        // As after sudo, which may keep the variables of the user before.
        assertThat(podman.defaultHost(Map.of("USER", "root", "XDG_RUNTIME_DIR", "/run/user/1000")))
                .contains("unix:///run/podman/podman.sock");
        assertThat(podman.defaultHost(Map.of("CONTAINER_HOST", "unix:///elsewhere", "XDG_RUNTIME_DIR", "/run/user/1")))
                .contains("unix:///elsewhere");
    }

    @Test
    void dockersIsLeftToTheProvider() {
        assertThat(Engine.docker().defaultHost(Map.of("CONTAINER_HOST", "unix:///elsewhere")))
                .isEmpty();
    }

    @Test
    void podmanIsKnownByWhatItConsistsOf() {
        assertThat(EngineKind.answering(List.of("4.3.1", "Podman Engine", "Conmon")))
                .isEqualTo(EngineKind.PODMAN);
        assertThat(EngineKind.answering(List.of("27.0.0", "Engine", "containerd")))
                .isEqualTo(EngineKind.DOCKER);
        assertThat(EngineKind.answering(List.of("20.10.24"))).isEqualTo(EngineKind.DOCKER);
    }
}
