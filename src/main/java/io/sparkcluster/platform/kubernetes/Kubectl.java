package io.sparkcluster.platform.kubernetes;

import com.pulumi.core.Output;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.TimeLimit;
import java.util.Optional;

/**
 * How {@code kubectl} finds the Kubernetes cluster. The context is always named: the one that happens to be current on somebody's machine
 * is never used.
 *
 * @param context the context's name
 * @param path file of the configuration. Default: {@code KUBECONFIG}, else the user's own file
 * @param content the configuration itself, instead of a file, a secret. Default: none
 * @param followsCurrent whether the context is the one that was current on this machine, rather than named
 */
public record Kubectl(String context, Optional<String> path, Optional<Output<String>> content, boolean followsCurrent) {

    /** The word for the context that is current on the machine. */
    public static final String CURRENT = "current";

    /** Content never lies in an argument or in a variable: it comes by standard input and is gone with the command. */
    private static final String FROM_STANDARD_INPUT = """
            umask 077
            KUBECONFIG=$(mktemp)
            export KUBECONFIG
            trap 'rm -f "$KUBECONFIG"' EXIT
            cat >"$KUBECONFIG"
            """;

    /** A context of the configuration that {@code KUBECONFIG} names, or of the user's own. */
    public static Kubectl context(String context) {
        return new Kubectl(context, Optional.empty(), Optional.empty(), false);
    }

    /** A context of that file. */
    public static Kubectl file(String path, String context) {
        return new Kubectl(context, Optional.of(path), Optional.empty(), false);
    }

    /**
     * The context that is current on this machine now. A stack keeps it: when another one is current later, it is refused.
     *
     * @param path file of the configuration. Default: {@code KUBECONFIG}, else the user's own file
     */
    public static Kubectl current(Optional<String> path) {
        return new Kubectl(KubernetesPreflight.currentContext(path).orElse(CURRENT), path, Optional.empty(), true);
    }

    /** A context of a configuration that another resource produces. */
    public static Kubectl content(Output<String> kubeconfig, String context) {
        return new Kubectl(context, Optional.empty(), Optional.of(kubeconfig.asSecret()), false);
    }

    /** The start of a command line, for people. */
    String prefix(String namespace) {
        return "kubectl"
                + path.map(file -> " --kubeconfig " + ShellWord.readable(file)).orElse("") + " --context "
                + ShellWord.readable(context) + " --namespace " + namespace;
    }

    /**
     * A script for bash in which {@code kubectl} knows where to go.
     *
     * @param limit in seconds
     */
    String script(String namespace, long limit, String arguments) {
        return "set -euo pipefail\n" + (content.isPresent() ? FROM_STANDARD_INPUT : "")
                + TimeLimit.command(limit, prefix(namespace) + " " + arguments);
    }
}
