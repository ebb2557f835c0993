package io.sparkcluster.platform.images;

import io.sparkcluster.plan.ImageRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How builds reach the network: the proxies and the index of Python packages of the environment that the program runs in. An image is the same with
 * and without them, so that none of them is part of its hash. Proxies are
 * <a href="https://docs.docker.com/build/building/variables/#pre-defined-build-arguments">predefined build arguments</a>, which an image does not keep among its
 * commands either. Either may hold a login: whoever passes these values on keeps them secret.
 */
public final class BuildEnvironment {

    private static final List<String> PROXIES = List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY");
    private static final String INDEX = "PIP_INDEX_URL";

    private final SortedMap<String, String> proxies;
    private final Optional<String> index;

    private BuildEnvironment(SortedMap<String, String> proxies, Optional<String> index) {
        this.proxies = proxies;
        this.index = index;
    }

    /** Reads {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}, of which small letters are another spelling, and {@code PIP_INDEX_URL}. */
    public static BuildEnvironment of(Map<String, String> environment) {
        var proxies = new TreeMap<String, String>();
        for (String name : PROXIES) {
            // Tools differ in which spelling they read, and where both are read small letters win.
            String small = name.toLowerCase(Locale.ROOT);
            set(environment, small).or(() -> set(environment, name)).ifPresent(value -> {
                proxies.put(name, value);
                proxies.put(small, value);
            });
        }
        return new BuildEnvironment(proxies, set(environment, INDEX));
    }

    /** The build arguments of an image of that role; none where the environment says nothing. */
    Map<String, String> arguments(ImageRole role) {
        var arguments = new TreeMap<>(proxies);
        // Builders warn of an argument that nothing declares.
        if (role.installsPython()) {
            index.ifPresent(address -> arguments.put(INDEX, address));
        }
        return arguments;
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
