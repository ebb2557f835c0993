package io.sparkcluster.platform.kubernetes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Several files in {@code KUBECONFIG} as one: a kubernetes plugin takes a path or a content, and only {@code kubectl} a list of paths. */
final class KubeconfigFiles {

    private static final String VARIABLE = "KUBECONFIG";

    private KubeconfigFiles() {}

    /**
     * What a provider's {@code kubeconfig} has to be, where the variable names several files.
     *
     * @param environment the environment of the program
     * @param context the context that is wanted
     * @return a path if only one of the files exists; else the content of the context, a secret; nothing where a plugin finds its file itself
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
