package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Port;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A container, network or volume that an engine has.
 *
 * @param kind what it is
 * @param id its identifier; a volume's is its name
 * @param name its name
 * @param owner the identifier of its owner, if a label names one
 * @param ownerName what people call its owner
 * @param cluster the cluster that it belongs to, if there is one
 * @param stack the {@code project/stack} that earlier releases noted instead of an owner
 * @param ports a container's published ports as the engine lists them
 */
record Thing(
        Kind kind,
        String id,
        String name,
        Optional<String> owner,
        Optional<String> ownerName,
        Optional<String> cluster,
        Optional<String> stack,
        String ports) {

    /** A published port, or several in a row: {@code 127.0.0.1:8080->8080/tcp}. */
    private static final Pattern PUBLISHED = Pattern.compile("(?:^|, )(\\S+):(\\d+)(?:-(\\d+))?->");

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    /** In the order in which messages name them. */
    enum Kind {
        CONTAINER,
        NETWORK,
        VOLUME;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean publishes(Port port) {
        return published(port).findAny().isPresent();
    }

    /** Whether this container prevents another one from publishing the port on that address. */
    boolean excludes(String address, Port port) {
        return published(port)
                .anyMatch(other ->
                        other.equals(address) || EVERY_ADDRESS.contains(other) || EVERY_ADDRESS.contains(address));
    }

    /** The addresses on which a container publishes a port. */
    private Stream<String> published(Port port) {
        return PUBLISHED
                .matcher(ports)
                .results()
                .filter(range -> {
                    int first = Integer.parseInt(range.group(2));
                    int last =
                            Integer.parseInt(Optional.ofNullable(range.group(3)).orElse(range.group(2)));
                    return first <= port.number() && port.number() <= last;
                })
                .map(range -> range.group(1));
    }

    /** Whose it is, in words that end a sentence. */
    String whose() {
        String of = cluster.map(name -> "of the cluster \"" + name + "\"").orElse("of no Spark cluster");
        if (owner.isPresent()) {
            String who = ownerName.orElse(owner.get());
            return cluster.isPresent() ? of + ", which belongs to " + who : "owned by " + who;
        }
        return stack.map(project -> of + ", which an earlier release made for the stack " + project
                        + " without noting an owner, and the state of this stack does not know them")
                .orElse(of);
    }
}
