package io.sparkcluster.platform.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.rbac.v1.Role;
import com.pulumi.kubernetes.rbac.v1.RoleArgs;
import com.pulumi.kubernetes.rbac.v1.RoleBinding;
import com.pulumi.kubernetes.rbac.v1.RoleBindingArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.RoleRefArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.Resource;
import io.sparkcluster.plan.ExecutorPods;
import io.sparkcluster.plan.NodeSpec;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.NodeContext;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.SecretHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a node needs to ask Kubernetes for pods: a service account whose rights are limited to the namespace, and the pod templates. See <a
 * href="https://spark.apache.org/docs/latest/running-on-kubernetes.html#rbac">RBAC</a>.
 */
final class ExecutorPodResources {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private final ObjectMetadata objects;
    private final KubernetesSettings settings;

    ExecutorPodResources(ObjectMetadata objects, KubernetesSettings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** The name of the config map that holds the templates. The account, the role and the binding have the name of the node's group. */
    static String templatesName(NodeSpec node) {
        return node.group().name() + "-pods";
    }

    /**
     * Registers the account, its rights and the templates.
     *
     * @return the resources that the node's stateful set must wait for
     */
    List<Resource> of(ResourceScope scope, NodeSpec node, ExecutorPods pods, NodeContext context) {
        String name = node.group().name();
        var account = new ServiceAccount(
                scope.child("account").name(),
                ServiceAccountArgs.builder()
                        .metadata(objects.meta(scope, name))
                        // Pods that need the token mount it by their own automountServiceAccountToken.
                        .automountServiceAccountToken(false)
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
        var role = new Role(
                scope.child("role").name(),
                RoleArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .rules(rules())
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
        var binding = new RoleBinding(
                scope.child("role-binding").name(),
                RoleBindingArgs.builder()
                        .metadata(objects.meta(scope, name))
                        .roleRef(RoleRefArgs.builder()
                                .apiGroup(RBAC)
                                .kind("Role")
                                .name(name)
                                .build())
                        .subjects(SubjectArgs.builder()
                                .kind("ServiceAccount")
                                .name(name)
                                .namespace(objects.namespace())
                                .build())
                        .build(),
                scope.after(List.of(account, role))
                        .options()
                        .deleteBeforeReplace(true)
                        .build());
        var templates = new ConfigMap(
                scope.child("pods").name(),
                ConfigMapArgs.builder()
                        .metadata(objects.meta(scope, templatesName(node)))
                        .data(facts(node, pods, account, context).applyValue(facts -> templates(scope, pods, facts)))
                        .build(),
                scope.options().deleteBeforeReplace(true).build());
        return List.of(binding, templates);
    }

    /**
     * The rights that Spark uses, and no others. Spark creates, watches and deletes executors, and patches finished executors that it was told to
     * keep. In cluster mode it also creates the driver with its service and its config map, by server-side apply, which needs {@code patch}.
     */
    private static List<PolicyRuleArgs> rules() {
        return List.of(
                rule("pods", "create", "delete", "deletecollection", "get", "list", "patch", "watch"),
                rule("configmaps", "create", "patch"),
                rule("services", "create", "patch"));
    }

    private static PolicyRuleArgs rule(String resource, String... verbs) {
        return PolicyRuleArgs.builder()
                .apiGroups("")
                .resources(resource)
                .verbs(verbs)
                .build();
    }

    /**
     * The environment variables that the plan's Spark properties refer to, see {@link ExecutorPods}.
     *
     * @param handle the image of the pods
     * @param image the reference by which the Kubernetes nodes find that image
     */
    SortedMap<String, String> variables(ExecutorPods pods, ImageHandle handle, String image) {
        var variables = new TreeMap<String, String>();
        variables.put(ExecutorPods.IMAGE, image);
        variables.put(ExecutorPods.NAMESPACE, settings.namespace());
        variables.put(ExecutorPods.PULL_POLICY, settings.pullPolicy(handle));
        variables.put(ExecutorPods.EXECUTOR_CPU, reserved(pods.executor()));
        variables.put(ExecutorPods.DRIVER_CPU, reserved(pods.driver()));
        return variables;
    }

    private String reserved(ExecutorPods.Template template) {
        return PodSpecFactory.millicores(template.cpus() * settings.cpuRequestPercent() / 100);
    }

    /**
     * The image of the pods that a node asks for.
     *
     * @throws IllegalArgumentException when the context has no such image
     */
    static ImageHandle image(NodeSpec node, NodeContext context) {
        return context.podImage()
                .orElseThrow(() ->
                        new IllegalArgumentException(node.hostName() + " asks for pods but has no image for them"));
    }

    private Output<PodTemplateJson.Facts> facts(
            NodeSpec node, ExecutorPods pods, ServiceAccount account, NodeContext context) {
        Output<List<Map.Entry<String, String>>> claims = Output.all(context.volumes().entrySet().stream()
                .map(volume -> volume.getValue().name().applyValue(name -> Map.entry(volume.getKey(), name)))
                .toList());
        Output<List<Map.Entry<SecretSpec, String>>> secrets = Output.all(context.secrets().values().stream()
                .map(ExecutorPodResources::name)
                .toList());
        ImageHandle image = image(node, context);
        return Output.tuple(claims, secrets, image.content(), account.metadata())
                .applyValue(known -> {
                    var names = new HashMap<SecretSpec, String>();
                    known.t2.forEach(secret -> names.put(secret.getKey(), secret.getValue()));
                    return new PodTemplateJson.Facts(
                            known.t1.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                            names,
                            variables(pods, image, known.t3),
                            node.group().name(),
                            known.t4.uid().orElse(""));
                });
    }

    private static Output<Map.Entry<SecretSpec, String>> name(SecretHandle secret) {
        return secret.volume().name().applyValue(name -> Map.entry(secret.secret(), name));
    }

    private Map<String, String> templates(ResourceScope scope, ExecutorPods pods, PodTemplateJson.Facts facts) {
        var files = new TreeMap<String, String>();
        for (ExecutorPods.Template template : pods.templates()) {
            files.put(
                    ExecutorPods.fileName(template.kind()),
                    new PodTemplateJson(settings)
                            .json(
                                    template,
                                    objects.labels(scope.label(
                                            Labels.ROLE, template.kind().label())),
                                    ObjectMetadata.selector(scope, template.kind()),
                                    facts));
        }
        return files;
    }
}
