package io.sparkcluster.model;

/**
 * Something in a description that is allowed, but most likely not intended.
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
