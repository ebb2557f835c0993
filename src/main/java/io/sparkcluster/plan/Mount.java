package io.sparkcluster.plan;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Something writable, shared or secret in a node's file system; everything else there is read-only. */
public sealed interface Mount {

    /** The path where the node finds it. */
    String path();

    /** Applies the function for this case. Every case has a parameter, so that a platform which forgets a new case does not compile. */
    <T> T fold(
            Function<Shared, T> shared, Function<Own, T> own, Function<Memory, T> memory, Function<Secret, T> secret);

    /** Whether the node may read it, but not write to it. */
    default boolean readOnly() {
        return fold(shared -> false, own -> false, memory -> false, secret -> true);
    }

    /**
     * A volume that several nodes share.
     *
     * @param volume which one: see {@link VolumePlan#id}
     * @param path the same on every node, as Spark's {@code file:} paths demand
     */
    record Shared(String volume, String path) implements Mount {
        @Override
        public <T> T fold(
                Function<Shared, T> shared,
                Function<Own, T> own,
                Function<Memory, T> memory,
                Function<Secret, T> secret) {
            return shared.apply(this);
        }
    }

    /**
     * A volume that belongs to one node, and is removed with it.
     *
     * @param purpose a word for its name, such as {@code scratch}
     * @param path where it is mounted
     * @param durable whether the node needs its content again after a failure, even when it restarts on another machine
     */
    record Own(String purpose, String path, boolean durable) implements Mount {
        @Override
        public <T> T fold(
                Function<Shared, T> shared,
                Function<Own, T> own,
                Function<Memory, T> memory,
                Function<Secret, T> secret) {
            return own.apply(this);
        }
    }

    /**
     * A folder in memory, which is empty at every start.
     *
     * @param path where it is mounted
     * @param mebibytes the most that it may hold, in MiB; its content counts against the node's memory
     * @param shared whether every user may write there ({@code /tmp}), or only the cluster's user
     */
    record Memory(String path, int mebibytes, boolean shared) implements Mount {
        @Override
        public <T> T fold(
                Function<Shared, T> shared,
                Function<Own, T> own,
                Function<Memory, T> memory,
                Function<Secret, T> secret) {
            return memory.apply(this);
        }
    }

    /** The secrets among some mounts. */
    static List<SecretSpec> secrets(List<Mount> mounts) {
        return mounts.stream()
                .flatMap(mount -> mount.fold(
                        workspace -> Stream.<SecretSpec>empty(),
                        own -> Stream.empty(),
                        memory -> Stream.empty(),
                        secret -> Stream.of(secret.secret())))
                .toList();
    }

    /**
     * A secret as a file, read-only.
     *
     * @param secret which one
     */
    record Secret(SecretSpec secret) implements Mount {
        @Override
        public String path() {
            return secret.folder();
        }

        @Override
        public <T> T fold(
                Function<Shared, T> shared,
                Function<Own, T> own,
                Function<Memory, T> memory,
                Function<Secret, T> secret) {
            return secret.apply(this);
        }
    }
}
