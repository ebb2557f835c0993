package io.sparkcluster.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFilesTest {

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    private KubernetesPreflight.Answer kubectl(List<String> arguments) {
        asked.add(String.join(" ", arguments));
        return new KubernetesPreflight.Answer(0, "the merged content", "");
    }

    private Map<String, String> environment(String... files) {
        return Map.of("KUBECONFIG", String.join(File.pathSeparator, files));
    }

    private String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "apiVersion: v1\n").toString();
    }

    @Test
    void onePathIsLeftToThePlugin() throws IOException {
        assertThat(KubeconfigFiles.merged(Map.of(), "minikube", this::kubectl)).isEmpty();
        assertThat(KubeconfigFiles.merged(environment(file("a")), "minikube", this::kubectl))
                .isEmpty();
        assertThat(KubeconfigFiles.merged(environment("", file("a"), ""), "minikube", this::kubectl))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theOnlyFileThatExistsIsTaken() throws IOException {
        String only = file("a");
        String missing = folder.resolve("missing").toString();

        assertThat(KubeconfigFiles.merged(environment(missing, only), "minikube", this::kubectl))
                .contains(only);
        assertThat(asked).isEmpty();
    }

    @Test
    void severalFilesBecomeTheContentOfTheContext() throws IOException {
        assertThat(KubeconfigFiles.merged(environment(file("a"), file("b")), "minikube", this::kubectl))
                .contains("the merged content");
        assertThat(asked).containsExactly("config view --raw --flatten --minify --context minikube");
    }

    @Test
    void whatKubectlCannotMergeIsLeftToThePreflight() throws IOException {
        assertThat(KubeconfigFiles.merged(
                        environment(file("a"), file("b")),
                        "minikube",
                        arguments -> new KubernetesPreflight.Answer(1, "", "no such context")))
                .isEmpty();
    }
}
