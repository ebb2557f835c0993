package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.util.Optional;

/**
 * The proxy through which notebooks, jobs and executors reach addresses outside the cluster, for networks that allow no direct connections. The cluster's
 * own connections bypass the proxy. Image builds use the proxy in the program's environment instead.
 */
@AutoValue
public abstract class ProxySpec {

    /** No proxy. */
    public static final ProxySpec DEFAULT = new AutoValue_ProxySpec.Builder().build();

    ProxySpec() {}

    /** One proxy for both kinds of connections. */
    public static ProxySpec of(String address) {
        return builder().http(address).https(address).build();
    }

    /** A builder that starts without a proxy. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** Address for {@code http} connections, such as {@code http://proxy.example.org:3128}. Default: none. */
    public abstract Optional<String> http();

    /** Address for {@code https} connections, often the same. Default: none. */
    public abstract Optional<String> https();

    /** Hosts, domains and networks that are reached without the proxy, separated by commas, besides the cluster's own. Default: none. */
    public abstract Optional<String> direct();

    /** Whether there is a proxy. */
    public boolean isSet() {
        return http().isPresent() || https().isPresent();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link ProxySpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder http(String value);

        public abstract Builder https(String value);

        public abstract Builder direct(String value);

        public abstract ProxySpec build();
    }
}
