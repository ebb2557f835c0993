package io.sparkcluster.model;

/**
 * A problem of a description, worded so that the reader knows what to change.
 *
 * @param field the field as the user writes it, for example {@code workers.count}
 * @param value the value that was given, as text; never the value of a secret
 * @param rule what is allowed, or why the value is refused; a clause without a full stop
 * @param remedy what to do about it; a sentence without its full stop. Commands to type follow after a line break
 */
public record Problem(String field, String value, String rule, String remedy) {

    @Override
    public String toString() {
        // Lines to type come last, and a full stop would become part of the command.
        String end = remedy.contains("\n") ? "" : ".";
        return field + ": " + value + " is refused: " + rule + ". " + remedy + end;
    }
}
