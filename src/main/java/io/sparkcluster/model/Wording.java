package io.sparkcluster.model;

import java.util.Optional;

/**
 * Words what the reader of a {@link Problem} or of a warning can do, since each program is used in a way of its own: one is changed in Java, another by {@code pulumi config}. What a
 * method does not say otherwise is a command, or words in the place of one; it may follow a colon or stand in brackets, so that it neither starts with a capital nor ends with
 * a full stop.
 *
 * <p>The defaults are for programs in Java. Override what your users do in another way.
 */
public interface Wording {

    /** The words for programs in Java: fields are set where the cluster is described, and Pulumi runs the program. */
    static Wording neutral() {
        return new Wording() {};
    }

    /**
     * Gives a field a value.
     *
     * @param field the field as the user writes it, for example {@code edge.port}
     * @param value the value, or a word in capitals for one that the reader chooses
     */
    default String set(String field, String value) {
        return "set " + field + " to " + value;
    }

    /** Gives a field its default again. */
    default String unset(String field) {
        return "remove " + field;
    }

    /** The same as the subject of a sentence, which goes on with what comes of it. */
    default String unsetting(String field) {
        return "removing " + field;
    }

    /** The same as a clause about the field that the message is about. */
    default String removeIt(String field) {
        return "remove it";
    }

    /** Gives a field, as one that is no secret, the value that it has as a secret. */
    default String reveal(String field) {
        return "give it as a plain value";
    }

    /** Makes the cluster, or brings it up to date. */
    default String up() {
        return "pulumi up";
    }

    /** Takes the cluster away. A workspace that is retained stays. */
    default String down() {
        return "pulumi destroy";
    }

    /** Takes the cluster away, and its workspace with all files. Default: the reader has no command for it. */
    default Optional<String> purge() {
        return Optional.empty();
    }

    /** Saves the workspace's files in a file. Default: the reader has no command for it. */
    default Optional<String> backup() {
        return Optional.empty();
    }

    /** Puts files that were saved into a workspace. Default: the reader has no command for it. */
    default Optional<String> restore() {
        return Optional.empty();
    }

    /**
     * Brings something to run clusters on to the reader's machine, where there is none.
     *
     * @param what its label: of an engine, such as {@code docker}, or of a platform, such as {@code kubernetes}. Default: the reader has no command for it
     */
    default Optional<String> install(String what) {
        return Optional.empty();
    }

    /**
     * Takes a machine that is gone for good out of the stack. Default: the reader has no command for it.
     *
     * @param machine its name in the description
     */
    default Optional<String> forgetMachine(String machine) {
        return Optional.empty();
    }
}
