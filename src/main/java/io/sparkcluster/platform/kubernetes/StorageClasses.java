package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The storage classes of a Kubernetes cluster, and whether one of them suits the workspace.
 *
 * @param classes all of them
 */
record StorageClasses(List<StorageClass> classes) {

    /** Keeps its own copy. */
    StorageClasses {
        classes = List.copyOf(classes);
    }

    /** A JSONPath that prints one line for each class. */
    static final String FIELDS =
            "{range .items[*]}{.metadata.name} {.provisioner} {.metadata.annotations.storageclass\\.kubernetes\\.io/is-default-class}{'\\n'}{end}";

    /** Provisioners whose volumes are on one node, so that pods on other nodes cannot use them. */
    private static final Set<String> NODE_LOCAL = Set.of(
            "k8s.io/minikube-hostpath",
            "rancher.io/local-path",
            "docker.io/hostpath",
            "kubernetes.io/host-path",
            "kubernetes.io/no-provisioner");

    private static final String FIELD = "kubernetes.storageClass";

    /**
     * One storage class.
     *
     * @param name its name
     * @param provisioner the provisioner that makes its volumes
     * @param isDefault whether claims without a class use it
     */
    record StorageClass(String name, String provisioner, boolean isDefault) {}

    static StorageClasses read(List<String> lines) {
        return new StorageClasses(lines.stream()
                .map(line -> line.split(" ", -1))
                .map(words -> new StorageClass(words[0], words[1], words[2].equals("true")))
                .toList());
    }

    /**
     * The reason why not every pod would see the workspace, if there is one.
     *
     * @param wanted the storage class that the user names. Default: the Kubernetes cluster's default class
     * @param nodes the number of Kubernetes nodes
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
