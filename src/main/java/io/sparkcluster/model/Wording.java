package io.sparkcluster.model;

import java.util.Optional;

/**
 * Words what the reader of a {@link Problem} or of a warning can do. That depends on the program: users change one program in Java, another with
 * {@code pulumi config}. Unless its documentation says otherwise, a method returns a command or a phrase in place of a command. The text may follow a colon or stand
 * in brackets, so it neither starts with a capital letter nor ends with a full stop.
 *
 * <p>The defaults are for programs in Java. Override the methods for what your users do differently.
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
     * @param value the value, or a word in capitals if the reader chooses the value
     */
    default String set(String field, String value) {
        return "set " + field + " to " + value;
    }

    /** Resets a field to its default. */
    default String unset(String field) {
        return "remove " + field;
    }

    /** The same as {@link #unset}, as the subject of a sentence about the effect. */
    default String unsetting(String field) {
        return "removing " + field;
    }

    /** The same as {@link #unset}, as a clause in a message about that field. */
    default String removeIt(String field) {
        return "remove it";
    }

    /** Gives a field that holds a secret the same value as plain text. */
    default String reveal(String field) {
        return "give it as a plain value";
    }

    /** Creates or updates the cluster. */
    default String up() {
        return "pulumi up";
    }

    /** Destroys the cluster. A retained workspace stays. */
    default String down() {
        return "pulumi destroy";
    }

    /** Destroys the cluster and its workspace with all files. Default: the reader has no command for it. */
    default Optional<String> purge() {
        return Optional.empty();
    }

    /** Saves the workspace's files in a file. Default: the reader has no command for it. */
    default Optional<String> backup() {
        return Optional.empty();
    }

    /** Restores saved files into a workspace. Default: the reader has no command for it. */
    default Optional<String> restore() {
        return Optional.empty();
    }

    /**
     * Installs an engine or a platform on the reader's machine. Default: the reader has no command for it.
     *
     * @param what label of the engine, such as {@code docker}, or of the platform, such as {@code kubernetes}
     */
    default Optional<String> install(String what) {
        return Optional.empty();
    }

    /**
     * Removes a machine that is lost for good from the stack. Default: the reader has no command for it.
     *
     * @param machine its name in the description
     */
    default Optional<String> forgetMachine(String machine) {
        return Optional.empty();
    }
}
