package io.sparkcluster.model;

/**
 * One thing that is wrong with a description, said so that its reader knows what to change.
 *
 * @param field the field as the user writes it, for example {@code workers.count}
 * @param value the value that was given, as text
 * @param rule what is allowed there
 * @param remedy what to do about it
 */
public record Problem(String field, String value, String rule, String remedy) {

    @Override
    public String toString() {
        // Lines to type come last, and a full stop would become part of the command.
        String end = remedy.contains("\n") ? "" : ".";
        return field + ": " + value + " is refused: " + rule + ". " + remedy + end;
    }
}
