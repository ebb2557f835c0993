package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Labels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object that a Kubernetes cluster has.
 *
 * @param kind its kind
 * @param name its name
 * @param owner the identifier of its owner, if it notes one
 * @param ownerName what people call its owner
 * @param cluster the Spark cluster that it belongs to, if it is one's
 * @param stack the {@code project.stack} that earlier releases noted in the place of an owner
 */
record FoundObject(
        String kind,
        String name,
        Optional<String> owner,
        Optional<String> ownerName,
        Optional<String> cluster,
        Optional<String> stack) {

    /** Only metadata: what a secret holds is not printed. */
    static final String FIELDS = Stream.of(
                    "{.kind}",
                    "{.metadata.name}",
                    label(Labels.OWNER),
                    "{.metadata.annotations." + escaped(Labels.OWNER_NAME) + "}",
                    label(Labels.CLUSTER),
                    label(Labels.STACK))
            .collect(Collectors.joining("{'\\t'}"));

    private static String label(String name) {
        return "{.metadata.labels." + escaped(name) + "}";
    }

    private static String escaped(String name) {
        return name.replace(".", "\\.");
    }

    /** Reads what {@link #FIELDS} prints, one object a line. */
    static List<FoundObject> read(String output) {
        return output.lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == 6)
                .map(fields -> new FoundObject(
                        fields[0], fields[1], text(fields[2]), text(fields[3]), text(fields[4]), text(fields[5])))
                .toList();
    }

    private static Optional<String> text(String field) {
        return Optional.of(field.strip()).filter(text -> !text.isEmpty());
    }

    /** Whose it is, in words that end a sentence. */
    String whose() {
        var of = cluster.map(name -> "of the cluster \"" + name + "\"");
        return ownerName
                .or(() -> owner)
                .map(who -> of.map(found -> found + ", which belongs to " + who).orElse("owned by " + who))
                .or(() -> stack.map(project -> of.orElse("of no Spark cluster")
                        + ", which an earlier release made for the stack " + project.replaceFirst("\\.", "/")
                        + " without noting an owner, and the state of this stack does not know them"))
                .orElse(of.orElse("of no Spark cluster"));
    }
}
