package io.sparkcluster.plan;

/** Something writable, shared or secret that a node sees in its file system; all else is read-only. */
public sealed interface Mount {

    /** Where the node sees it. */
    String path();

    /**
     * The workspace that all nodes share.
     *
     * @param path the same on every node, as Spark's {@code file:} paths demand
     */
    record Workspace(String path) implements Mount {}

    /**
     * A volume of the node's own, which goes when the node goes.
     *
     * @param purpose a word for its name, such as {@code scratch}
     * @param path where it is mounted
     * @param durable whether the node needs it again after a failure, also when it then runs elsewhere
     */
    record Own(String purpose, String path, boolean durable) implements Mount {}

    /**
     * Memory that is empty at every start.
     *
     * @param path where it is mounted
     * @param mebibytes the most that it may hold; it counts against the node's memory
     * @param shared whether every user may write ({@code /tmp}), or only the cluster's
     */
    record Memory(String path, int mebibytes, boolean shared) implements Mount {}

    /**
     * A secret as a file, read-only.
     *
     * @param secret which one
     */
    record Secret(SecretName secret) implements Mount {
        @Override
        public String path() {
            return secret.folder();
        }
    }
}
