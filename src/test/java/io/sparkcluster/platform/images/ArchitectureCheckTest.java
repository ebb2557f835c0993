package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureCheckTest {

    /** As the kernel shows the emulator of Debian's package. */
    private static final String EMULATOR = """
            enabled
            interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P
            flags: PF
            offset 0
            magic 7f454c460201010000000000000000000200b700
            mask ffffffffffffff00fffffffffffffffffeffffff
            """;

    @TempDir
    private Path folder;

    private Path emulators;
    private String system = "Debian GNU/Linux 12 (bookworm)";

    @BeforeEach
    void noEmulator() throws IOException {
        emulators = Files.createDirectory(folder.resolve("emulators"));
        Files.writeString(emulators.resolve("status"), "enabled\n");
    }

    @Test
    void anotherArchitectureNeedsAnEmulatorThatContainersCanUse() throws IOException {
        assertRefused();
        Files.writeString(emulators.resolve("qemu-aarch64"), EMULATOR.replace("PF", "P"));
        assertRefused();
        Files.writeString(emulators.resolve("qemu-aarch64"), EMULATOR.replace("enabled", "disabled"));
        assertRefused();
        Files.writeString(emulators.resolve("qemu-aarch64"), EMULATOR.replace("b700", "f300"));
        assertRefused();
        Files.writeString(emulators.resolve("qemu-aarch64"), EMULATOR);
        assertThat(check(arm64(), Map.of())).isEmpty();
    }

    @Test
    void theEngineOfAnotherMachineOrAVirtualOneMayEmulate() throws IOException {
        assertThat(check(arm64(), Map.of("DOCKER_HOST", "tcp://192.0.2.1:2376")))
                .isEmpty();
        assertThat(check(arm64(), Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock")))
                .hasSize(1);
        system = "Docker Desktop";
        assertThat(check(arm64(), Map.of())).isEmpty();
    }

    @Test
    void whereTheKernelIsNotLinuxNothingIsKnown() throws IOException {
        emulators = folder.resolve("absent");

        assertThat(check(arm64(), Map.of())).isEmpty();
    }

    @Test
    void theEnginesOwnArchitectureNeedsNoEmulator() throws IOException {
        assertThat(check(ImagesSpec.builder().architecture(Architecture.AMD64).build(), Map.of()))
                .isEmpty();
    }

    @Test
    void onlyImagesThatMustBeHereAreLookedAt() throws IOException {
        var given = ImagesSpec.DEFAULT.withNodeImages(
                ImageSource.registry("other:master"),
                ImageSource.registry("other:worker"),
                ImageSource.registry("other:lab"));
        var check = check(Map.of());

        assertThat(check.problems(plan(given), image -> true))
                .extracting(Problem::field)
                .containsExactly("images.sparkMaster", "images.sparkWorker", "images.jupyterLab");
        assertThat(check.problems(plan(given), image -> !image.runs())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64, amd64",
        "amd64, amd64",
        "aarch64, arm64",
        "arm64, arm64",
        "armv7l, arm",
        "armhf, arm",
        "arm, arm",
        "riscv64, riscv64",
        "'27.0.0,Engine,', ",
        "'', ",
    })
    void everyNameOfAnArchitectureIsUnderstood(String reported, String name) {
        assertThat(ArchitectureRules.name(reported)).isEqualTo(Optional.ofNullable(name));
    }

    private void assertRefused() throws IOException {
        assertThat(check(arm64(), Map.of()))
                .singleElement()
                .hasToString(
                        "images.architecture: arm64 is refused: the engine runs on amd64, and this machine cannot emulate arm64 for containers."
                                + " Install an emulator (on Debian and Ubuntu: apt-get install qemu-user-static binfmt-support),"
                                + " set docker.host to an engine that runs on arm64, or remove the key.");
    }

    private static ImagesSpec arm64() {
        return ImagesSpec.builder().architecture(Architecture.ARM64).build();
    }

    private static ClusterPlan plan(ImagesSpec images) {
        return ClusterPlan.of(ClusterSpec.of("lab").toBuilder().images(images).build(), Naming.flat());
    }

    private List<Problem> check(ImagesSpec images, Map<String, String> environment) throws IOException {
        return check(environment).problems(plan(images), image -> true);
    }

    /** The check of an engine on amd64 that has the images called other, for arm64, and no further one. */
    private ArchitectureCheck check(Map<String, String> environment) throws IOException {
        Path docker = folder.resolve("docker");
        Files.writeString(docker, """
                #!/bin/sh
                case "$*" in
                version*) echo amd64 ;;
                info*) echo '%s' ;;
                'image inspect'*other:*) echo arm64 ;;
                *) exit 1 ;;
                esac
                """.formatted(system));
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ArchitectureCheck(new DockerCli(docker.toString(), Optional.empty()), environment, emulators);
    }
}
