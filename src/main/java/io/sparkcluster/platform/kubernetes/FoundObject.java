package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Labels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object that exists in a Kubernetes cluster.
 *
 * @param kind its kind, for example {@code StatefulSet}
 * @param name its name
 * @param owner the identifier of its owner, from the label {@link Labels#OWNER}
 * @param ownerName the name of its owner for people, from the annotation {@link Labels#OWNER_NAME}
 * @param cluster the Spark cluster that it belongs to, from the label {@link Labels#CLUSTER}
 * @param stack the {@code project.stack} that earlier releases noted instead of an owner, from the label {@link Labels#STACK}
 */
record FoundObject(
        String kind,
        String name,
        Optional<String> owner,
        Optional<String> ownerName,
        Optional<String> cluster,
        Optional<String> stack) {

    /** A JSONPath for {@code kubectl} that prints metadata only, so that no content of a secret is printed. */
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

    /** Reads what {@link #FIELDS} prints, one object on each line. */
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

    /** Names the object's cluster and owner, as the end of a sentence. */
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
