package io.sparkcluster.model;

import java.util.Optional;

/**
 * The proxy through which notebooks, jobs and executors reach addresses outside the cluster, for networks that allow no direct connections. The cluster's
 * own connections bypass the proxy. Image builds use the proxy in the program's environment instead.
 *
 * @param http address for {@code http} connections, such as {@code http://proxy.example.org:3128}. Default: none
 * @param https address for {@code https} connections, often the same. Default: none
 * @param direct hosts, domains and networks that are reached without the proxy, separated by commas, besides the cluster's own. Default: none
 */
public record ProxySpec(Optional<String> http, Optional<String> https, Optional<String> direct) {

    /** No proxy. */
    public static final ProxySpec DEFAULT = new ProxySpec(Optional.empty(), Optional.empty(), Optional.empty());

    /** One proxy for both kinds of connections. */
    public static ProxySpec of(String address) {
        return new ProxySpec(Optional.of(address), Optional.of(address), Optional.empty());
    }

    /** Whether there is a proxy. */
    public boolean isSet() {
        return http.isPresent() || https.isPresent();
    }
}
