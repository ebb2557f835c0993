package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The storage classes of a Kubernetes cluster, and whether the workspace finds a place in one.
 *
 * @param classes all of them
 */
record StorageClasses(List<StorageClass> classes) {

    /** What {@code kubectl} prints of each class, on a line. */
    static final String FIELDS =
            "{range .items[*]}{.metadata.name} {.provisioner} {.metadata.annotations.storageclass\\.kubernetes\\.io/is-default-class}{'\\n'}{end}";

    /** Provisioners whose volumes lie on one node, so that pods elsewhere cannot mount them. */
    private static final Set<String> NODE_LOCAL = Set.of(
            "k8s.io/minikube-hostpath",
            "rancher.io/local-path",
            "docker.io/hostpath",
            "kubernetes.io/host-path",
            "kubernetes.io/no-provisioner");

    private static final String FIELD = "kubernetes.storageClass";

    /**
     * One class.
     *
     * @param name its name
     * @param provisioner what makes its volumes
     * @param isDefault whether it is taken where none is named
     */
    record StorageClass(String name, String provisioner, boolean isDefault) {}

    static StorageClasses read(List<String> lines) {
        return new StorageClasses(lines.stream()
                .map(line -> line.split(" ", -1))
                .map(words -> new StorageClass(words[0], words[1], words[2].equals("true")))
                .toList());
    }

    /**
     * What keeps the workspace from being seen by every pod.
     *
     * @param wanted the name of the class, if one is named
     * @param nodes how many nodes there are
     */
    Optional<Problem> problem(Optional<String> wanted, int nodes) {
        var chosen = classes.stream()
                .filter(each -> wanted.map(each.name()::equals).orElse(each.isDefault()))
                .findFirst();
        if (chosen.isEmpty()) {
            return Optional.of(missing(wanted));
        }
        String provisioner = chosen.get().provisioner();
        return nodes > 1 && NODE_LOCAL.contains(provisioner)
                ? Optional.of(new Problem(
                        FIELD,
                        chosen.get().name(),
                        "its volumes (" + provisioner + ") lie on one node, and the Kubernetes cluster has " + nodes
                                + ": pods elsewhere would not see the workspace",
                        "Name a class that many nodes may write to at a time (ReadWriteMany), such as one of NFS"))
                : Optional.empty();
    }

    private Problem missing(Optional<String> wanted) {
        var names = classes.stream().map(StorageClass::name).toList();
        return new Problem(
                FIELD,
                wanted.orElse("(default)"),
                names.isEmpty()
                        ? "the Kubernetes cluster has no storage class"
                        : "the Kubernetes cluster has " + (wanted.isPresent() ? "no such" : "no default")
                                + " storage class; it has " + String.join(", ", names),
                (names.isEmpty() ? "Have one made" : "Name one of them")
                        + " that many nodes may write to at a time (ReadWriteMany), or set workspace.existing");
    }
}
