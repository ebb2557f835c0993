package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Explains why {@code kubectl} gets no answer, from its error message.
 *
 * @param kubectl how {@code kubectl} is called
 * @param contexts the contexts of the kubeconfig; read only if needed
 * @param wording how to say what the reader can do
 */
record Unreachable(Kubectl kubectl, Supplier<List<String>> contexts, Wording wording) {

    private static final String CONTEXT = "kubernetes.context";

    Problem problem(String error) {
        String context = kubectl.context();
        String lower = error.toLowerCase(Locale.ROOT);
        String last = error.strip().lines().reduce((first, line) -> line).orElse("no reason given");
        if (lower.contains("cannot run program")) {
            return new Problem(
                    CONTEXT,
                    context,
                    "there is no kubectl on the PATH, which checks and the smoke test need",
                    "Install it: https://kubernetes.io/docs/tasks/tools/");
        }
        if (lower.contains("error loading config file")) {
            return KubeconfigFile.notRead(kubectl, last);
        }
        if (lower.contains("does not exist") || lower.contains("no context") || lower.contains("no configuration")) {
            var known = contexts.get();
            return new Problem(
                    CONTEXT,
                    context,
                    known.isEmpty()
                            ? "the configuration of kubectl has no contexts"
                            : "the configuration of kubectl has no such context; it has " + String.join(", ", known),
                    (known.isEmpty() ? "Set" : "Name one of them, set")
                            + " kubernetes.kubeconfig to another file, or start a cluster: minikube start"
                            + orTestBed(""));
        }
        if (lower.contains("certificate has expired") || lower.contains("x509")) {
            return new Problem(
                    CONTEXT,
                    context,
                    "the API server's or the user's certificate is not accepted (" + last + ")",
                    "Renew it: minikube update-context for Minikube, or ask for a new kubeconfig");
        }
        if (lower.contains("unauthorized") || lower.contains("must be logged in") || lower.contains("credentials")) {
            return new Problem(
                    CONTEXT,
                    context,
                    "the API server does not know this user (" + last + ")",
                    "Log in again, or ask for a new kubeconfig");
        }
        return new Problem(
                CONTEXT,
                context,
                "no Kubernetes cluster answers there (" + last + ")",
                "Start one (minikube start" + orTestBed(" on Debian") + "), or name another context");
    }

    private String orTestBed(String where) {
        return wording.install("kubernetes")
                .map(command -> ", or " + command + where)
                .orElse("");
    }
}
