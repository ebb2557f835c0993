package io.sparkcluster.model;

import java.util.Optional;

/**
 * The proxy through which notebooks, jobs and executors reach what lies outside of the cluster, in networks that let nothing else out. The cluster's own
 * connections never go through it. Builds of images use the proxy of the environment that the program runs in.
 *
 * @param http address for {@code http} connections, such as {@code http://proxy.example.org:3128}. Default: none
 * @param https address for {@code https} connections, often the same. Default: none
 * @param direct hosts and domains that are reached without it, separated by commas, besides the cluster's own. Default: none
 */
public record ProxySpec(Optional<String> http, Optional<String> https, Optional<String> direct) {

    /** No proxy. */
    public static final ProxySpec DEFAULT = new ProxySpec(Optional.empty(), Optional.empty(), Optional.empty());

    /** One proxy for both kinds of connections. */
    public static ProxySpec of(String address) {
        return new ProxySpec(Optional.of(address), Optional.of(address), Optional.empty());
    }

    /** Whether there is one. */
    public boolean isSet() {
        return http.isPresent() || https.isPresent();
    }
}
