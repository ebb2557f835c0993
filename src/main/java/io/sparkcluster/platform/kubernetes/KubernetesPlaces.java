package io.sparkcluster.platform.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.platform.ClusterTags;
import io.sparkcluster.platform.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the namespace and the workspace of a cluster are. Neither is ever replaced, since the workspace's files would be lost: a change that would
 * need a replacement is refused before anything is made, and the resources ignore it.
 *
 * @param tags what the stack remembers of this cluster. A stack may have several clusters; an object whose label names another one is not looked at
 * @param state the resources in the stack's state; read only if the tags do not answer the question
 */
record KubernetesPlaces(ClusterTags tags, Supplier<List<JsonObject>> state) {

    /** The tag that holds namespace, claim and storage class of the last check without problems. */
    static final String PLACE = "place";

    private static final String NAMESPACE = "kubernetes:core/v1:Namespace";
    private static final String CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";

    /**
     * Changes that the user asks for and that are impossible while the cluster exists.
     *
     * @param settings what the user asks for
     * @param workspace the name of the claim that the cluster makes, if it makes one
     * @param wording how to say what the reader can do
     */
    List<Problem> problems(KubernetesSettings settings, Optional<String> workspace, Wording wording) {
        if (tags.get(PLACE).equals(Optional.of(place(settings, workspace)))) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        ids(NAMESPACE)
                .filter(id -> settings.createNamespace() && !id.equals(settings.namespace()))
                .ifPresent(
                        id -> problems.add(moved(settings.namespace(), "this cluster's namespace is " + id, wording)));
        workspace.ifPresent(name -> {
            ids(CLAIM)
                    .filter(id -> !id.equals(settings.namespace() + "/" + name) && problems.isEmpty())
                    .ifPresent(id -> problems.add(moved(
                            settings.namespace() + "/" + name,
                            "this cluster's workspace is the claim " + id,
                            wording)));
            settings.storageClass()
                    .flatMap(wanted -> storageClass().filter(has -> !has.equals(wanted)))
                    .ifPresent(has -> problems.add(new Problem(
                            "kubernetes.storageClass",
                            settings.storageClass().orElseThrow(),
                            "the workspace's claim has the storage class " + has + ", which a claim keeps",
                            "Set it to " + has + " again, or save the files" + by(wording.backup())
                                    + ", remove cluster and workspace" + by(wording.purge())
                                    + ", and restore them into a new one" + again(wording))));
        });
        return problems;
    }

    /** Remembers places that had no problems, so that the next run need not read the state. */
    void keep(KubernetesSettings settings, Optional<String> workspace) {
        tags.keep(PLACE, place(settings, workspace));
    }

    private static String place(KubernetesSettings settings, Optional<String> workspace) {
        return settings.namespace() + "/" + workspace.orElse("") + "/"
                + settings.storageClass().orElse("");
    }

    private static Problem moved(String wanted, String why, Wording wording) {
        return new Problem(
                "kubernetes.namespace",
                wanted,
                why + ", and its files cannot move along",
                "Keep the names, or save the files" + by(wording.backup()) + ", remove the cluster first ("
                        + wording.down() + "), and restore them" + again(wording));
    }

    private static String by(Optional<String> command) {
        return command.map(words -> " (" + words + ")").orElse("");
    }

    private static String again(Wording wording) {
        return by(Optional.of(
                wording.up() + wording.restore().map(command -> ", " + command).orElse("")));
    }

    private Optional<JsonObject> of(String type) {
        return state.get().stream()
                .filter(resource -> resource.has("type")
                        && resource.get("type").getAsString().equals(type)
                        && resource.has("id")
                        && isOurs(resource))
                .findFirst();
    }

    private boolean isOurs(JsonObject resource) {
        return field(resource, "inputs")
                .flatMap(inputs -> field(inputs, "metadata"))
                .flatMap(metadata -> field(metadata, "labels"))
                .flatMap(labels -> field(labels, Labels.CLUSTER))
                .map(label -> label.getAsString().equals(LabelValue.of(tags.cluster())))
                // Earlier releases may have written no such label.
                .orElse(true);
    }

    private Optional<String> ids(String type) {
        return of(type).map(resource -> resource.get("id").getAsString());
    }

    private Optional<String> storageClass() {
        return of(CLAIM)
                .map(claim -> claim.get("outputs"))
                .flatMap(outputs -> field(outputs, "spec"))
                .flatMap(spec -> field(spec, "storageClassName"))
                .map(JsonElement::getAsString);
    }

    private static Optional<JsonElement> field(JsonElement object, String name) {
        return object instanceof JsonObject fields ? Optional.ofNullable(fields.get(name)) : Optional.empty();
    }
}
