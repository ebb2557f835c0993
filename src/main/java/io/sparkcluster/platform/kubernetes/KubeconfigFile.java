package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks the kubeconfig file that the settings name. For a missing file, {@code kubectl} reports only that the context does not exist, which
 * misleads.
 */
final class KubeconfigFile {

    private static final String FIELD = "kubernetes.kubeconfig";
    private static final String REMEDY =
            "Name the file by its full path, or remove the key to use KUBECONFIG or ~/.kube/config";

    private KubeconfigFile() {}

    static Optional<Problem> problem(Kubectl kubectl) {
        return kubectl.path()
                .filter(path -> !Files.isReadable(Path.of(path)) || Files.isDirectory(Path.of(path)))
                .map(path -> new Problem(FIELD, path, "there is no such file, or you may not read it", REMEDY));
    }

    static Problem notRead(Kubectl kubectl, String reason) {
        return new Problem(
                FIELD,
                kubectl.path().orElse("(default)"),
                "kubectl cannot read its configuration (" + reason + ")",
                "Correct the file, or name another one");
    }
}
