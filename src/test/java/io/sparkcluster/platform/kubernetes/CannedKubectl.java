package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.TestOwners;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checks of a Kubernetes cluster with a {@code kubectl} that only pretends, for tests outside of this package. Its answers are those of 1.34.
 *
 * @param answers what it prints, by words of its arguments; after a {@code !} what it prints when it fails
 * @param wording the words that it uses
 */
public record CannedKubectl(Map<String, String> answers, Wording wording) {

    /** A good cluster of one node. */
    private static final Map<String, String> GOOD = Map.of(
            "get nodes", "24655204Ki 8\n",
            "get storageclasses", "standard k8s.io/minikube-hostpath true\n",
            "get resourcequotas", "{\"items\": []}",
            "can-i", "yes\n");

    /** What stands in the way of a cluster. */
    public List<Problem> check(KubernetesSettings settings, ClusterPlan plan, boolean createsNamespace) {
        return new KubernetesPreflight(settings, this::answer)
                .withWording(wording)
                .withImages(Optional.of("amd64"))
                .check(plan, createsNamespace, TestOwners.MINE);
    }

    /** What works only when nodes are added. */
    public List<String> warnings(KubernetesSettings settings, ClusterPlan plan) {
        return new KubernetesPreflight(settings, this::answer).warnings(plan);
    }

    private KubernetesPreflight.Answer answer(List<String> arguments) {
        String question = String.join(" ", arguments);
        var all = new LinkedHashMap<>(answers);
        GOOD.forEach(all::putIfAbsent);
        String text = all.entrySet().stream()
                .filter(entry -> question.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return text.startsWith("!")
                ? new KubernetesPreflight.Answer(1, "", text.substring(1))
                : new KubernetesPreflight.Answer(0, text, "");
    }
}
