package io.sparkcluster;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import io.sparkcluster.plan.SecretName;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.SecretHandle;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of a cluster: made on the first {@code up}, the same on every later one until the generation is raised, secret in state,
 * and brought to nodes as files.
 */
public final class ClusterSecrets extends ComponentResource {

    /** 256 bits. */
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<SecretName, SecretHandle> handles = new EnumMap<>(SecretName.class);
    private final Map<SecretName, Output<String>> values = new EnumMap<>(SecretName.class);

    /**
     * Registers the secrets.
     *
     * @param name name of the component
     * @param args which secrets
     * @param options the usual options
     */
    public ClusterSecrets(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(ClusterSecrets.class), name, ResourceArgs.Empty, options);
        for (SecretName secret : args.secrets()) {
            var scope = ResourceScope.of(name + "-" + secret.label(), this, Labels.of(args.cluster()));
            Output<String> value = stash(scope.name(), args.generation());
            values.put(secret, value);
            handles.put(
                    secret,
                    args.platform()
                            .secret(scope, args.cluster() + "-" + secret.label(), secret, value, args.carrier()));
        }
        registerOutputs(Map.of());
    }

    /** The value of a secret, marked as such. */
    public Output<String> value(SecretName secret) {
        return Optional.ofNullable(values.get(secret))
                .orElseThrow(() -> new IllegalArgumentException("this cluster has no secret " + secret.label()));
    }

    /** What nodes mount. */
    public Map<SecretName, SecretHandle> handles() {
        return Map.copyOf(handles);
    }

    /** Keeps the first value that it is given; a new one is made on every run and ignored, until the generation changes. */
    private Output<String> stash(String name, int generation) {
        var stash = new Stash(
                name,
                StashArgs.builder().input(Output.ofSecret((Object) random())).build(),
                CustomResourceOptions.builder()
                        .parent(this)
                        .ignoreChanges(List.of("input"))
                        .replacementTrigger(Output.of(generation))
                        .build());
        return stash.output().applyValue(String::valueOf).asSecret();
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Which secrets.
     *
     * @param platform where they are used
     * @param cluster the cluster's name
     * @param secrets which ones
     * @param generation raising it makes all of them anew
     * @param carrier an image of the cluster
     */
    public record Args(
            Platform platform, String cluster, Set<SecretName> secrets, int generation, ImageHandle carrier) {}
}
