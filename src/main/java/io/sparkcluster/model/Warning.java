package io.sparkcluster.model;

/**
 * Something that a cluster can be made with, but that is most likely not meant.
 *
 * @param field the field as the user writes it, for example {@code sparkConf}
 * @param value what was given; never the value of a secret
 * @param reason what is odd about it
 * @param remedy what to do about it
 */
public record Warning(String field, String value, String reason, String remedy) {

    @Override
    public String toString() {
        return field + ": " + value + ": " + reason + ". " + remedy + ".";
    }
}
