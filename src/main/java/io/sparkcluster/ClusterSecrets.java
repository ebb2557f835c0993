package io.sparkcluster;

import com.google.auto.value.AutoValue;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.ImageHandle;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.ResourceScope;
import io.sparkcluster.platform.SecretHandle;
import io.sparkcluster.platform.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The secrets of a cluster. The state holds them encrypted, and nodes read them from files. A secret without a given value is generated in the first
 * {@code up}, and stays the same until the generation changes.
 */
public final class ClusterSecrets extends ComponentResource {

    /** Length of a generated secret: 256 bits. */
    private static final int BYTES = 32;

    private static final int REVISION_DIGITS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<SecretSpec, SecretHandle> handles = new LinkedHashMap<>();
    private final Map<SecretSpec, Output<String>> values = new HashMap<>();

    /**
     * Registers the secrets.
     *
     * @param name name of the component
     * @param args the secrets, and where they are used
     * @param options resource options
     */
    public ClusterSecrets(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(ClusterSecrets.class), name, ResourceArgs.Empty, options);
        for (SecretSpec secret : args.secrets()) {
            var scope = ResourceScope.of(name + "-" + secret.name(), this, Labels.of(args.cluster()));
            Output<String> made = stash(scope.name(), args.generation());
            var given = Optional.ofNullable(args.given().get(secret)).map(value -> present(secret, value));
            Output<String> value = given.orElse(made);
            var handle =
                    args.platform().secret(scope, args.cluster() + "-" + secret.name(), secret, value, args.carrier());
            values.put(secret, value);
            handles.put(
                    secret,
                    given.map(text -> handle.withRevision(revision(made, text))).orElse(handle));
        }
        registerOutputs(Map.of());
    }

    /** Registers secrets that no other component contains. */
    public ClusterSecrets(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /**
     * The value of a secret, marked as secret.
     *
     * @throws IllegalArgumentException when the cluster has no such secret
     */
    public Output<String> value(SecretSpec secret) {
        return Optional.ofNullable(values.get(secret))
                .orElseThrow(() -> new IllegalArgumentException("this cluster has no secret " + secret.name()));
    }

    /** The handles with which nodes mount the secrets. */
    public Map<SecretSpec, SecretHandle> handles() {
        return Collections.unmodifiableMap(handles);
    }

    /** A stash keeps its first value. Every run offers another random value, which is ignored until the generation changes. */
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

    private static Output<String> present(SecretSpec secret, Output<String> value) {
        return value.applyValue(text -> Optional.ofNullable(text)
                        .filter(some -> !some.isEmpty())
                        .orElseThrow(() -> new IllegalArgumentException("the value that is given for the secret "
                                + secret.name() + " is empty. Give one of at least one character")))
                .asSecret();
    }

    /** Platforms show the revision. The hash includes the generated value, which is never shown, so that nobody can guess the given value by trying. */
    private static Output<String> revision(Output<String> made, Output<String> given) {
        return Output.tuple(made, given)
                .applyValue(both -> Sha256.first(REVISION_DIGITS, both.t1 + "\0" + both.t2))
                .asPlaintext();
    }

    /** Arguments of a cluster's secrets. */
    @AutoValue
    public abstract static class Args {

        Args() {}

        /**
         * Arguments without given values: all secrets are generated.
         *
         * @param platform the platform whose nodes use them
         * @param cluster the cluster's name
         * @param secrets the secrets, each with a different name
         * @param carrier an image of the cluster, for platforms that need a container to bring the files to nodes
         * @throws IllegalArgumentException when a secret must be given, or when two secrets have the same name
         */
        public static Args of(Platform platform, String cluster, Set<SecretSpec> secrets, ImageHandle carrier) {
            return builder(platform, cluster, secrets, carrier).build();
        }

        /**
         * A builder that starts without given values, in the first generation.
         *
         * @param platform the platform whose nodes use them
         * @param cluster the cluster's name
         * @param secrets the secrets, each with a different name
         * @param carrier an image of the cluster, for platforms that need a container to bring the files to nodes
         */
        public static Builder builder(Platform platform, String cluster, Set<SecretSpec> secrets, ImageHandle carrier) {
            return new AutoValue_ClusterSecrets_Args.Builder()
                    .platform(platform)
                    .cluster(cluster)
                    .secrets(secrets)
                    .given(Map.of())
                    .generation(1)
                    .carrier(carrier);
        }

        /** The platform whose nodes use them. */
        public abstract Platform platform();

        /** The cluster's name. */
        public abstract String cluster();

        /** The secrets, each with a different name. */
        public abstract Set<SecretSpec> secrets();

        /** Values of some of the secrets; the others are generated. */
        public abstract Map<SecretSpec, Output<String>> given();

        /** Counts from 1; another number replaces every generated value. */
        public abstract int generation();

        /** An image of the cluster, for platforms that need a container to bring the files to nodes. */
        public abstract ImageHandle carrier();

        /** A builder that starts with these values. */
        abstract Builder toBuilder();
        /** Collects arguments. What is not set keeps its default. */
        @AutoValue.Builder
        public abstract static class Builder {

            Builder() {}

            abstract Builder platform(Platform value);

            abstract Builder cluster(String value);

            abstract Builder secrets(Set<SecretSpec> value);

            /** Values of some of the secrets; the others are generated. Default: none. */
            public abstract Builder given(Map<SecretSpec, Output<String>> value);

            /** Counts from 1; another number replaces every generated value. Default: 1. */
            public abstract Builder generation(int value);

            abstract Builder carrier(ImageHandle value);

            abstract Set<SecretSpec> secrets();

            abstract Map<SecretSpec, Output<String>> given();

            abstract Args autoBuild();

            /**
             * Builds the arguments with their own copies.
             *
             * @throws IllegalArgumentException when a secret of the origin {@link SecretSpec.Origin#GIVEN} has no value, when a value is given for a secret
             *     that is not in the set, or when two secrets have the same name
             */
            public Args build() {
                secrets(Collections.unmodifiableSet(new LinkedHashSet<>(secrets())))
                        .given(Map.copyOf(given()));
                if (secrets().stream().map(SecretSpec::name).distinct().count()
                        != secrets().size()) {
                    throw new IllegalArgumentException("two of the secrets have the same name: " + names());
                }
                for (SecretSpec secret : given().keySet()) {
                    if (!secrets().contains(secret)) {
                        throw new IllegalArgumentException("a value is given for the secret " + secret.name()
                                + ", and the cluster has no such secret. It has " + names());
                    }
                }
                for (SecretSpec secret : secrets()) {
                    if (secret.origin() == SecretSpec.Origin.GIVEN && !given().containsKey(secret)) {
                        throw new IllegalArgumentException("the secret " + secret.name()
                                + " has no value, and none can be made for it. Give one as an output");
                    }
                }
                return autoBuild();
            }

            private String names() {
                return secrets().stream().map(SecretSpec::name).collect(Collectors.joining(", "));
            }
        }
    }
}
