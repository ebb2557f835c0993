package io.sparkcluster.platform.kubernetes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Merges several files in {@code KUBECONFIG} into one. {@code kubectl} accepts a list of paths; Pulumi's kubernetes provider accepts one path or
 * the content of one file. See <a href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/">Organizing Cluster
 * Access Using kubeconfig Files</a>.
 */
final class KubeconfigFiles {

    private static final String VARIABLE = "KUBECONFIG";

    private KubeconfigFiles() {}

    /**
     * The value for a provider's {@code kubeconfig} where {@code KUBECONFIG} names several files.
     *
     * @param environment the program's environment variables
     * @param context the context that the provider uses
     * @return the path if only one of the files exists, else the merged content of the context, which is a secret; empty if {@code KUBECONFIG}
     *     names fewer than two files, as the provider then finds its file itself, or if {@code kubectl} cannot merge them
     */
    static Optional<String> merged(Map<String, String> environment, String context) {
        return merged(environment, context, new KubectlProcess("kubectl", Optional.empty()));
    }

    static Optional<String> merged(
            Map<String, String> environment, String context, KubernetesPreflight.KubectlRunner kubectl) {
        List<String> named = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault(VARIABLE, ""))
                .filter(path -> !path.isEmpty())
                .toList();
        if (named.size() < 2) {
            return Optional.empty();
        }
        var existing = named.stream()
                .filter(path -> Files.isRegularFile(Path.of(path)))
                .toList();
        if (existing.size() == 1) {
            return Optional.of(existing.get(0));
        }
        var merged = kubectl.ask(List.of("config", "view", "--raw", "--flatten", "--minify", "--context", context));
        return merged.works() ? Optional.of(merged.output()) : Optional.empty();
    }
}
