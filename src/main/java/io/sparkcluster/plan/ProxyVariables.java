package io.sparkcluster.plan;

import io.sparkcluster.model.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The variables by which programs on a node find a proxy: in both spellings, since programs differ in which one they read. */
final class ProxyVariables {

    /** What is never outside: the node itself, and on Kubernetes every service and pod by its name. */
    private static final List<String> INSIDE =
            List.of("localhost", "127.0.0.1", "kubernetes.default.svc", ".svc", ".cluster.local");

    private ProxyVariables() {}

    /**
     * The variables; none without a proxy.
     *
     * @param hosts names of nodes that are reached directly
     */
    static Map<String, String> of(ProxySpec proxy, List<String> hosts) {
        var variables = new TreeMap<String, String>();
        if (!proxy.isSet()) {
            return variables;
        }
        proxy.http().ifPresent(address -> put(variables, "HTTP_PROXY", address));
        proxy.https().ifPresent(address -> put(variables, "HTTPS_PROXY", address));
        var direct = new ArrayList<>(INSIDE);
        direct.addAll(hosts);
        proxy.direct().ifPresent(direct::add);
        put(variables, "NO_PROXY", String.join(",", direct));
        return variables;
    }

    private static void put(Map<String, String> variables, String name, String value) {
        variables.put(name, value);
        variables.put(name.toLowerCase(Locale.ROOT), value);
    }
}
