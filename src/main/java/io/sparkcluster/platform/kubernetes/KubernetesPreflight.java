package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.images.ArchitectureRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks the Kubernetes cluster before anything is made: whether it answers, rights, quotas, storage that several nodes can share, the size of
 * nodes, node ports in use. Without these checks, most of these problems would show only as pods that wait until a timeout.
 */
final class KubernetesPreflight {

    private final KubernetesSettings settings;
    private final KubectlRunner kubectl;
    private final Supplier<StateObjects> state;
    private final Wording wording;
    private final Optional<String> images;

    /** Asks the {@code kubectl} on the PATH. */
    KubernetesPreflight(KubernetesSettings settings) {
        this(settings, new KubectlProcess("kubectl", settings.kubectl().path()));
    }

    KubernetesPreflight(KubernetesSettings settings, KubectlRunner kubectl) {
        this(settings, kubectl, () -> StateObjects.NONE, Wording.neutral(), Optional.empty());
    }

    private KubernetesPreflight(
            KubernetesSettings settings,
            KubectlRunner kubectl,
            Supplier<StateObjects> state,
            Wording wording,
            Optional<String> images) {
        this.settings = settings;
        this.kubectl = kubectl;
        this.state = state;
        this.wording = wording;
        this.images = images;
    }

    /**
     * The same check with the stack's state, which shows what the stack made in releases that did not note owners.
     *
     * @param objects the Kubernetes objects in the state; read only if needed
     */
    KubernetesPreflight withState(Supplier<StateObjects> objects) {
        return new KubernetesPreflight(settings, kubectl, objects, wording, images);
    }

    /** The same check with other words for what the reader can do. Default: {@link Wording#neutral}. */
    KubernetesPreflight withWording(Wording words) {
        return new KubernetesPreflight(settings, kubectl, state, words, images);
    }

    /**
     * The same check, also of whether the nodes can run the images that are built for them.
     *
     * @param architecture the architecture of these images; empty if none is built
     */
    KubernetesPreflight withImages(Optional<String> architecture) {
        return new KubernetesPreflight(settings, kubectl, state, wording, architecture);
    }

    /** Runs {@code kubectl} with some arguments. */
    interface KubectlRunner {
        Answer ask(List<String> arguments);
    }

    /**
     * What {@code kubectl} answered.
     *
     * @param code its exit code
     * @param output its standard output
     * @param error its standard error
     */
    record Answer(int code, String output, String error) {

        boolean works() {
            return code == 0;
        }

        List<String> lines() {
            return output.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /**
     * The machine's current context; empty if there is none or {@code kubectl} does not work.
     *
     * @param kubeconfig the kubeconfig file. Default: {@code KUBECONFIG}, else {@code ~/.kube/config}
     */
    static Optional<String> currentContext(Optional<String> kubeconfig) {
        var answer = new KubectlProcess("kubectl", kubeconfig).ask(List.of("config", "current-context"));
        return answer.works() ? Optional.of(answer.output().strip()) : Optional.empty();
    }

    /**
     * Everything that stands in the way of the cluster.
     *
     * @param plan the cluster to be made
     * @param createsNamespace whether the namespace may be missing
     * @param ownership the cluster's owner, whose objects are not in the way
     */
    List<Problem> check(ClusterPlan plan, boolean createsNamespace, Ownership ownership) {
        return check(plan, createsNamespace, ownership, message -> {});
    }

    /**
     * Everything that stands in the way of the cluster.
     *
     * @param plan the cluster to be made
     * @param createsNamespace whether the namespace may be missing
     * @param ownership the cluster's owner, whose objects are not in the way
     * @param announce receives a message when objects of an earlier release will be taken over
     */
    List<Problem> check(ClusterPlan plan, boolean createsNamespace, Ownership ownership, Consumer<String> announce) {
        var unreadable = KubeconfigFile.problem(settings.kubectl());
        if (unreadable.isPresent()) {
            return List.of(unreadable.get());
        }
        var version = ask("version", "--output", "json");
        if (!version.works()) {
            return List.of(new Unreachable(settings.kubectl(), this::contexts, wording).problem(version.error()));
        }
        var problems = new ArrayList<Problem>();
        var owners = new ObjectOwnership(plan, settings, ownership.owner(), state, wording);
        namespace(createsNamespace, owners).ifPresent(problems::add);
        if (problems.isEmpty()) {
            problems.addAll(objects(owners, announce));
            existingWorkspace(plan).ifPresent(problems::add);
            rights(plan).ifPresent(problems::add);
            var quotas = ask("get", "resourcequotas", "--namespace", settings.namespace(), "--output", "json");
            if (quotas.works()) {
                problems.addAll(NamespaceQuota.problems(quotas.output(), plan, settings));
            }
        }
        var nodes = nodes();
        if (!plan.madeVolumes().isEmpty()) {
            storage(nodes.lines().size()).ifPresent(problems::add);
        }
        if (nodes.works()) {
            problems.addAll(capacity(nodes, NodeCapacity.Reserved.NOTHING).problems(plan));
            problems.addAll(architectures(nodes));
        }
        if (plan.spec().workers().autoscale().isPresent()
                && !ask("get", "--raw", "/apis/metrics.k8s.io/v1beta1").works()) {
            problems.add(new Problem(
                    "workers.autoscale",
                    "max " + plan.spec().workers().autoscale().get().max(),
                    "the Kubernetes cluster measures no load: it has no metrics API",
                    "Install one (minikube addons enable metrics-server), or remove the key"));
        }
        if (settings.exposure() == Exposure.NODE_PORT) {
            problems.addAll(nodePorts(plan));
        }
        return problems;
    }

    /**
     * Warns of pods that start only when nodes are added or other pods end. Empty where the user may not read nodes.
     *
     * @param plan the cluster to be made
     */
    List<String> warnings(ClusterPlan plan) {
        var nodes = nodes();
        return nodes.works() ? capacity(nodes, reservedByOthers(plan)).warnings(plan) : List.of();
    }

    /** What scheduled pods that do not belong to this cluster reserve. */
    private NodeCapacity.Reserved reservedByOthers(ClusterPlan plan) {
        var pods = ask(
                "get",
                "pods",
                "--all-namespaces",
                "--field-selector=status.phase!=Succeeded,status.phase!=Failed,spec.nodeName!=",
                "--output",
                "jsonpath=" + PodReservation.FIELDS);
        // A user with rights in one namespace only may not list the pods of all namespaces.
        return pods.works()
                ? pods.lines().stream()
                        .map(PodReservation::read)
                        .filter(pod ->
                                !pod.isOf(settings.namespace(), plan.spec().name()))
                        .map(PodReservation::reserved)
                        .reduce(NodeCapacity.Reserved.NOTHING, NodeCapacity.Reserved::plus)
                : NodeCapacity.Reserved.NOTHING;
    }

    private NodeCapacity capacity(Answer nodes, NodeCapacity.Reserved others) {
        return new NodeCapacity(
                nodes.lines().stream()
                        .map(node -> new NodeCapacity.Node(
                                Quantities.mebibytes(word(node, 0)), Quantities.number(word(node, 1))))
                        .toList(),
                others,
                settings.cpuRequestPercent());
    }

    /** Nodes that cannot run the images. Pods are not placed on nodes that have a taint; if all nodes have one, all are looked at. */
    private List<Problem> architectures(Answer nodes) {
        var free = nodes.lines().stream()
                .filter(node -> Stream.of(node.split(" ", -1)).skip(4).noneMatch(effect -> effect.startsWith("No")))
                .toList();
        var known = new TreeMap<String, String>();
        for (String node : free.isEmpty() ? nodes.lines() : free) {
            ArchitectureRules.name(word(node, 2)).ifPresent(architecture -> known.put(word(node, 3), architecture));
        }
        return images.map(architecture ->
                        ArchitectureRules.problems(name -> "kubernetes.context", known, architecture, wording))
                .orElse(List.of());
    }

    private Answer nodes() {
        return ask(
                "get",
                "nodes",
                "--output",
                "jsonpath={range .items[*]}{.status.allocatable.memory} {.status.allocatable.cpu}"
                        + " {.status.nodeInfo.architecture} {.metadata.name} {.spec.taints[*].effect}{'\\n'}{end}");
    }

    private List<String> contexts() {
        return kubectl.ask(List.of("config", "get-contexts", "--output", "name"))
                .lines();
    }

    private Answer ask(String... arguments) {
        var all = new ArrayList<String>();
        all.add("--context");
        all.add(settings.kubectl().context());
        all.add("--request-timeout=15s");
        all.addAll(List.of(arguments));
        return kubectl.ask(all);
    }

    private Optional<Problem> namespace(boolean creates, ObjectOwnership owners) {
        var answer = ask(
                "get",
                "namespace",
                settings.namespace(),
                "--ignore-not-found",
                "--output",
                "jsonpath=" + FoundObject.FIELDS);
        if (!answer.works()) {
            // A user who may not read namespaces may still use one that somebody else made.
            return creates
                    ? Optional.of(new Problem(
                            "kubernetes.namespace",
                            settings.namespace(),
                            "this user may not look at namespaces, and so not make one",
                            "Have it made, and set kubernetes.createNamespace to false"))
                    : Optional.empty();
        }
        var found = FoundObject.read(answer.output());
        if (found.isEmpty()) {
            return creates
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            "kubernetes.namespace",
                            settings.namespace(),
                            "there is no such namespace",
                            "Make it, or set kubernetes.createNamespace to true"));
        }
        return found.stream()
                .filter(namespace -> creates && !owners.isOurs(namespace))
                .findFirst()
                .map(namespace -> owners.namespaceTaken(namespace, names("namespaces")::contains));
    }

    /** Refuses names that the cluster needs and that objects of other owners have. */
    private List<Problem> objects(ObjectOwnership owners, Consumer<String> announce) {
        var question = new ArrayList<>(List.of("get"));
        owners.wanted().forEach(object -> question.add(object.argument()));
        question.addAll(List.of(
                "--namespace",
                settings.namespace(),
                "--ignore-not-found",
                "--output",
                "jsonpath={range .items[*]}" + FoundObject.FIELDS + "{'\\n'}{end}"));
        var answer = ask(question.toArray(String[]::new));
        if (!answer.works()) {
            return List.of(new Problem(
                    "kubernetes.namespace",
                    settings.namespace(),
                    "this user may not look at all objects that the cluster is made of, so nobody knows whose they are ("
                            + answer.error().strip().lines().findFirst().orElse("no reason given") + ")",
                    "Ask for the role admin in the namespace, or name another one"));
        }
        var found = FoundObject.read(answer.output());
        if (found.stream().anyMatch(owners::isOfEarlierRelease)) {
            announce.accept(
                    "this stack's state shows that the cluster \""
                            + owners.plan().spec().name()
                            + "\", which an earlier release made, is its own: taking it over; its pods are replaced once, its workspace stays");
        }
        return owners.problems(found, name -> names("statefulsets.apps", "--namespace", settings.namespace()).stream()
                .anyMatch(set -> set.startsWith(name + "-")));
    }

    private Optional<Problem> existingWorkspace(ClusterPlan plan) {
        String name = plan.workspace().name();
        if (!plan.workspace().existing() || plan.spec().workspace().namedLater()) {
            return Optional.empty();
        }
        var claims = names("persistentvolumeclaims", "--namespace", settings.namespace());
        return claims.contains(name)
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                "workspace.existing",
                                name,
                                "the namespace " + settings.namespace() + " has no claim of this name; it has "
                                        + (claims.isEmpty() ? "none" : String.join(", ", claims)),
                                "Name one of the namespace's claims (kubectl --namespace " + settings.namespace()
                                        + " get persistentvolumeclaims), or remove the key to have a workspace made for the cluster"));
    }

    /** The names of existing objects; empty if the user may not list them. */
    private List<String> names(String... what) {
        var question = new ArrayList<>(List.of("get"));
        question.addAll(List.of(what));
        question.addAll(List.of("--output", "jsonpath={range .items[*]}{.metadata.name}{'\\n'}{end}"));
        var answer = ask(question.toArray(String[]::new));
        return answer.works() ? answer.lines() : List.of();
    }

    private Optional<Problem> rights(ClusterPlan plan) {
        if (mayNotCreate("statefulsets.apps")) {
            return Optional.of(new Problem(
                    "kubernetes.namespace",
                    settings.namespace(),
                    "this user may not create stateful sets there",
                    "Ask for the role edit in the namespace, or name another one"));
        }
        return plan.nodes().stream()
                .filter(node -> node.executorPods().isPresent())
                .findFirst()
                .filter(node -> mayNotCreate("rolebindings.rbac.authorization.k8s.io"))
                .map(node -> noRoleBinding(node, plan));
    }

    /** Without executor pods the cluster manager may not work at all; otherwise only a kind of node does not. */
    private Problem noRoleBinding(NodeSpec node, ClusterPlan plan) {
        String kind = node.kind().label();
        boolean manager = plan.withoutPods("Kubernetes").isPresent();
        return new Problem(
                manager ? "clusterManager" : node.group().field(),
                manager ? plan.spec().clusterManager().label() : kind,
                "this user may not create role bindings in the namespace " + settings.namespace() + ", by which the "
                        + kind + " node would get the right to start executors",
                "Ask for the role admin in the namespace, or "
                        + (manager ? "set clusterManager to standalone" : "leave this node out"));
    }

    private boolean mayNotCreate(String resource) {
        return ask("auth", "can-i", "create", resource, "--namespace", settings.namespace())
                .output()
                .strip()
                .startsWith("no");
    }

    private Optional<Problem> storage(int nodes) {
        var answer = ask("get", "storageclasses", "--output", "jsonpath=" + StorageClasses.FIELDS);
        return answer.works()
                ? StorageClasses.read(answer.lines()).problem(settings.storageClass(), nodes)
                : Optional.empty();
    }

    private static String word(String line, int index) {
        String[] words = line.split(" ", -1);
        return index < words.length ? words[index] : "";
    }

    private List<Problem> nodePorts(ClusterPlan plan) {
        var answer = ask(
                "get",
                "services",
                "--all-namespaces",
                "--output",
                "jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{range .spec.ports[*]} {.nodePort}{end}{'\\n'}{end}");
        var problems = new ArrayList<Problem>();
        for (NodeSpec node : plan.nodes()) {
            String own = settings.namespace() + "/" + node.group().name() + "-access";
            for (var port : node.publishedPorts()) {
                var endpoint = port.endpoint().orElseThrow();
                String wanted = endpoint.port().toString();
                answer.lines().stream()
                        .filter(line -> !line.startsWith(own + " "))
                        .filter(line -> List.of(line.split(" ", -1)).contains(wanted))
                        .findFirst()
                        .ifPresent(line -> problems.add(new Problem(
                                endpoint.field(),
                                wanted,
                                "the service " + word(line, 0) + " has this node port",
                                "Choose another one, 30000 to 32767")));
            }
        }
        return problems;
    }
}
