package io.sparkcluster.platform.kubernetes;

import com.google.auto.value.AutoValue;
import com.pulumi.core.Output;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.TimeLimit;
import java.util.Optional;

/**
 * How {@code kubectl} finds the Kubernetes cluster. Every call names its context. The machine's current context is used only if {@link #current}
 * asks for it.
 */
@AutoValue
public abstract class Kubectl {

    /** The value of {@code kubernetes.context} that stands for the machine's current context. */
    public static final String CURRENT = "current";

    /**
     * Reads the kubeconfig from standard input into a private file, which is removed when the script ends: its secrets appear in no argument and in
     * no variable.
     */
    private static final String FROM_STANDARD_INPUT = """
            umask 077
            KUBECONFIG=$(mktemp)
            export KUBECONFIG
            trap 'rm -f "$KUBECONFIG"' EXIT
            cat >"$KUBECONFIG"
            """;

    Kubectl() {}

    /** A context of the kubeconfig that {@code KUBECONFIG} names, else of {@code ~/.kube/config}. */
    public static Kubectl context(String context) {
        return builder(context).build();
    }

    /** A context of a kubeconfig file. */
    public static Kubectl file(String path, String context) {
        return builder(context).path(path).build();
    }

    /**
     * The machine's current context, which this method asks {@code kubectl} for. The stack remembers it: if another context is current at a later
     * update, that update is refused. If {@code kubectl} does not answer, the context is {@link #CURRENT}, which the preflight reports.
     *
     * @param path the kubeconfig file. Default: {@code KUBECONFIG}, else {@code ~/.kube/config}
     */
    public static Kubectl current(Optional<String> path) {
        return builder(KubernetesPreflight.currentContext(path).orElse(CURRENT))
                .path(path)
                .followsCurrent(true)
                .build();
    }

    /** A context of a kubeconfig that another resource produces. The preflight cannot check such a Kubernetes cluster. */
    public static Kubectl content(Output<String> kubeconfig, String context) {
        return builder(context).content(kubeconfig.asSecret()).build();
    }

    private static Builder builder(String context) {
        return new AutoValue_Kubectl.Builder().context(context).followsCurrent(false);
    }

    /** The context's name. */
    public abstract String context();

    /** The kubeconfig file. Default: {@code KUBECONFIG}, else {@code ~/.kube/config}. */
    public abstract Optional<String> path();

    /** The content of a kubeconfig file, a secret, used instead of a file. Default: none. */
    public abstract Optional<Output<String>> content();

    /** Whether the context was looked up as the machine's current context rather than named. */
    public abstract boolean followsCurrent();

    /** The start of a command line: {@code kubectl} with its file, context and namespace. */
    String prefix(String namespace) {
        return "kubectl"
                + path().map(file -> " --kubeconfig " + ShellWord.readable(file))
                        .orElse("") + " --context "
                + ShellWord.readable(context()) + " --namespace " + namespace;
    }

    /**
     * A bash script that runs {@code kubectl}. If the kubeconfig is given as content, the script reads it from standard input.
     *
     * @param namespace the namespace
     * @param limit time limit in seconds
     * @param arguments the arguments, as words of a shell
     */
    String script(String namespace, long limit, String arguments) {
        return "set -euo pipefail\n" + (content().isPresent() ? FROM_STANDARD_INPUT : "")
                + TimeLimit.command(limit, prefix(namespace) + " " + arguments);
    }

    /** A builder that starts with these values. */
    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {

        Builder() {}

        abstract Builder context(String value);

        abstract Builder path(String value);

        abstract Builder path(Optional<String> value);

        abstract Builder content(Output<String> value);

        abstract Builder followsCurrent(boolean value);

        abstract Kubectl build();
    }
}
