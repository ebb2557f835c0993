package io.sparkcluster.platform.images;

import io.sparkcluster.plan.ImageRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How builds reach the network: the proxies and the Python package index that the program's environment names. An image is the same with and without them, so
 * they are not part of its hash. Proxies are
 * <a href="https://docs.docker.com/build/building/variables/#pre-defined-build-arguments">predefined build arguments</a>, which the image does not
 * show. The addresses may contain a login, so callers must keep these values secret.
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

    /** Reads {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}, also spelled in lower case, and {@code PIP_INDEX_URL}. */
    public static BuildEnvironment of(Map<String, String> environment) {
        var proxies = new TreeMap<String, String>();
        for (String name : PROXIES) {
            // Tools differ in the spelling that they read; those that read both prefer lower case.
            String small = name.toLowerCase(Locale.ROOT);
            set(environment, small).or(() -> set(environment, name)).ifPresent(value -> {
                proxies.put(name, value);
                proxies.put(small, value);
            });
        }
        return new BuildEnvironment(proxies, set(environment, INDEX));
    }

    /** The build arguments of an image of that role; empty if the environment names nothing. */
    Map<String, String> arguments(ImageRole role) {
        var arguments = new TreeMap<>(proxies);
        // Builders warn about an argument that the Dockerfile does not declare.
        if (role.installsPython()) {
            index.ifPresent(address -> arguments.put(INDEX, address));
        }
        return arguments;
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
