package io.sparkcluster.platform.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.ResourceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks whether a whole cluster fits into the quotas of its namespace. Otherwise pods that a quota refuses would be missing until a timeout. What
 * others in the namespace use of a quota is not counted. See <a
 * href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource Quotas</a>.
 */
final class NamespaceQuota {

    private NamespaceQuota() {}

    /**
     * A problem for every limit that is too low.
     *
     * @param quotas the namespace's quotas, as {@code kubectl get resourcequotas --output json} prints them
     */
    static List<Problem> problems(String quotas, ClusterPlan plan, KubernetesSettings settings) {
        var demand = demand(plan, settings);
        var problems = new ArrayList<Problem>();
        for (JsonElement item : JsonParser.parseString(quotas).getAsJsonObject().getAsJsonArray("items")) {
            var quota = item.getAsJsonObject();
            var spec = quota.getAsJsonObject("spec");
            // A quota with a scope applies to some pods only, perhaps not to these.
            if (spec.has("scopes") || spec.has("scopeSelector") || !spec.has("hard")) {
                continue;
            }
            String name = quota.getAsJsonObject("metadata").get("name").getAsString();
            spec.getAsJsonObject("hard").entrySet().forEach(hard -> {
                Double wanted = demand.get(hard.getKey());
                String limit = hard.getValue().getAsString();
                if (wanted != null && wanted > Quantities.number(limit)) {
                    problems.add(new Problem(
                            "kubernetes.namespace",
                            settings.namespace(),
                            "its quota " + name + " allows " + limit + " of " + hard.getKey()
                                    + ", and the cluster asks for " + text(hard.getKey(), wanted),
                            "Have the quota raised, or ask for less by " + counts(plan)
                                    + ", the nodes' cores and memory, or kubernetes.cpuRequestPercent"));
                }
            });
        }
        return problems;
    }

    /** The keys that set how many workers or executors there are. */
    private static String counts(ClusterPlan plan) {
        return plan.spec().workers().all().stream()
                .map(workers -> workers.field() + ".count")
                .collect(Collectors.joining(", "));
    }

    /** The total demand of all pods, by the names that quotas use: pods, CPUs and bytes. */
    private static Map<String, Double> demand(ClusterPlan plan, KubernetesSettings settings) {
        var pods =
                new ArrayList<>(plan.nodes().stream().map(NodeSpec::resources).toList());
        pods.addAll(plan.podsOnDemand());
        double cpus = pods.stream().mapToDouble(ResourceLimits::cpus).sum();
        double bytes = pods.stream()
                .mapToDouble(each -> each.memory().mebibytes() * 0x1p20)
                .sum();
        double requested = cpus * settings.cpuRequestPercent() / 100;
        var demand = new TreeMap<String, Double>();
        demand.put("pods", (double) pods.size());
        demand.put("count/pods", (double) pods.size());
        demand.put("cpu", requested);
        demand.put("requests.cpu", requested);
        demand.put("limits.cpu", cpus);
        demand.put("memory", bytes);
        demand.put("requests.memory", bytes);
        demand.put("limits.memory", bytes);
        return demand;
    }

    private static String text(String resource, double wanted) {
        if (resource.endsWith("memory")) {
            return Math.round(wanted / 0x1p20) + "Mi";
        }
        return resource.endsWith("cpu") ? PodSpecFactory.millicores(wanted) : Long.toString(Math.round(wanted));
    }
}
